/** The interface between the engine and the machine it runs on. Node, the browser and tests each provide their own implementation. */

/** Information about a file or folder. */
export interface FileStat {
	/** `outside`: not looked up, because it is outside what the user has opened (`links/filesWithin.ts`). */
	readonly type: 'file' | 'directory' | 'outside';
	/** In bytes. */
	readonly size: number;
	/** The time of the last change in milliseconds since the Unix epoch, if known. */
	readonly modified: number;
}

/** An entry of a folder. Symbolic links are not followed. */
export interface FolderEntry {
	readonly name: string;
	readonly type: 'file' | 'directory' | 'link';
}

/** The result of updating a file. */
export type Updated =
	| { readonly kind: 'written' }
	/** No change was necessary. */
	| { readonly kind: 'unchanged' }
	/** The file was not changed. `reason` completes a sentence that starts with its path, without a full stop. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Files, by URI. Functions that read return `undefined` if there is nothing, or nothing that may be read. */
export interface FileSystem {
	stat(uri: string): Promise<FileStat | undefined>;
	/** The first `length` bytes of a file, or all of a shorter one. */
	readHead(uri: string, length: number): Promise<Uint8Array | undefined>;
	/** The whole content of a file. */
	readFile(uri: string): Promise<Uint8Array | undefined>;
	/** The entries of a folder, without pipes, devices and sockets. */
	readDirectory(uri: string): Promise<readonly FolderEntry[] | undefined>;
	/** The target of a symbolic link, whether or not it exists; absent on file systems without links. */
	readLink?(uri: string): Promise<string | undefined>;
	/**
	 * Changes or creates a file; refuses symbolic links. The update is atomic: readers see either the old or the new content, even after a
	 * crash. Concurrent updates through this function are serialised across processes, containers and machines that share the folder.
	 *
	 * @param change maps the current content (`undefined`: no file) to the new content, or to `undefined` for no change.
	 * Called again if the file was changed by others in the meantime
	 */
	update(uri: string, change: (before: Uint8Array | undefined) => Uint8Array | undefined): Promise<Updated>;
}

/** How often `FileSystem.update` retries if others keep changing the file. */
export const MAX_UPDATE_ATTEMPTS = 20;

/** The current time, in milliseconds since the Unix epoch. */
export type Clock = () => number;

/** Waits for some milliseconds, or until the signal is aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** An HTTP request. Redirects are not followed, but returned like other responses. */
export interface HttpRequest {
	readonly method: 'HEAD' | 'GET';
	/** http or https; user name, password and fragment are not sent. */
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** The number of bytes of the body to read; the rest is not waited for. */
	readonly bodyLimit: number;
	/** In milliseconds, for the whole exchange. */
	readonly timeout: number;
}

/** Why there is no response. */
export type HttpFailure =
	/** A name server reports that the host does not exist. */
	| 'host-unknown'
	/** No name server answered, or only one that does not know the public internet either. */
	| 'name-servers'
	/** The address of the host is not on the public internet. */
	| 'private-address'
	| 'refused'
	| 'reset'
	/** There is no route to the host. */
	| 'unreachable'
	| 'timeout'
	/** The TLS handshake failed, or the certificate is invalid. */
	| 'tls'
	/** The response is not HTTP. */
	| 'protocol'
	/** The proxy rejected the request. */
	| 'proxy'
	| 'cancelled';

/** The result of a request. */
export type HttpAnswer =
	| {
			readonly kind: 'response';
			readonly status: number;
			/** The value of a header, by its lower-case name. */
			header(name: string): string | undefined;
			/** The first bytes of the body, up to the requested number. */
			readonly body: Uint8Array;
	  }
	/** `detail` is the system's error message, in no fixed format. */
	| { readonly kind: 'failure'; readonly reason: HttpFailure; readonly detail: string };

/** An HTTP client that reuses connections. */
export interface HttpClient {
	/** Never rejects; resolves soon after the signal is aborted. */
	exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
	/** Closes all connections. */
	close(): void;
}

/** Network settings. */
export interface HttpSettings {
	/** Whether requests to hosts that are not on the public internet are allowed. */
	readonly allowPrivate: boolean;
	/** Whether the certificate authorities of the system are trusted as well. */
	readonly systemCertificates: boolean;
	/** Takes precedence over the environment. */
	readonly proxy: ProxySettings | undefined;
}

/** Proxy settings. */
export interface ProxySettings {
	/** Empty for no proxy; `undefined` for the one from the environment. */
	readonly url: string | undefined;
	/** The value of `Proxy-Authorization`. */
	readonly authorization: string | undefined;
	/** Whether the proxy must have a valid certificate. */
	readonly strict: boolean;
	/** Hosts that are requested directly, in the format of `NO_PROXY`. */
	readonly except: readonly string[];
}

/** Access to the network. */
export interface Network {
	connect(settings: HttpSettings): Promise<HttpClient>;
	readonly wait: Wait;
	/** The `User-Agent` header (RFC 9110). */
	readonly userAgent: string;
	/** URI of the folder for network data that is kept between sessions; created if necessary. `undefined` if that is not possible. */
	cacheFolder(): Promise<string | undefined>;
}

/** A file system without files. */
export const NO_FILES: FileSystem = {
	stat: async () => undefined,
	readHead: async () => undefined,
	readFile: async () => undefined,
	readDirectory: async () => undefined,
	update: async () => ({ kind: 'refused', reason: 'cannot be written here' }),
};
