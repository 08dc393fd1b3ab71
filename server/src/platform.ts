/** What the engine asks of the machine it runs on. Tests, browser and Node each bring their own. */

/** What is at an address in a file system. */
export interface FileStat {
	/** `outside`: nobody looked, since it does not lie in what the user opened (`links/filesWithin.ts`). */
	readonly type: 'file' | 'directory' | 'outside';
	/** In bytes. */
	readonly size: number;
	/** When it was last changed, in milliseconds since the Unix epoch, as far as that is known. */
	readonly modified: number;
}

/** Something in a folder. Where a symbolic link leads is not looked at. */
export interface FolderEntry {
	readonly name: string;
	readonly type: 'file' | 'directory' | 'link';
}

/** What came of changing a file. */
export type Updated =
	| { readonly kind: 'written' }
	/** There was nothing to change. */
	| { readonly kind: 'unchanged' }
	/** The file is as it was. `reason` is the end of a sentence that starts with its path, without a full stop. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Files, by URI. Functions that read answer `undefined` where there is nothing, or nothing that may be read. */
export interface FileSystem {
	stat(uri: string): Promise<FileStat | undefined>;
	/** The first `length` bytes of a file, all of it if it is shorter. */
	readHead(uri: string, length: number): Promise<Uint8Array | undefined>;
	/** All of a file. */
	readFile(uri: string): Promise<Uint8Array | undefined>;
	/** What is in a folder, without pipes and the like. */
	readDirectory(uri: string): Promise<readonly FolderEntry[] | undefined>;
	/** Where the symbolic link at an address leads, without a look at what is there; absent where there are no links. */
	readLink?(uri: string): Promise<string | undefined>;
	/**
	 * Changes a file, or makes it; one that is a symbolic link is refused. Whoever reads it meanwhile, and whatever happens, finds all of the old content or all of the
	 * new. Those who change it through this function wait for each other, in whatever process, container or machine that has the folder.
	 *
	 * @param change the new content for the present one, `undefined` standing for no file; `undefined` to leave all as it is. It is
	 * called again where somebody else changed the file meanwhile
	 */
	update(uri: string, change: (before: Uint8Array | undefined) => Uint8Array | undefined): Promise<Updated>;
}

/** How often `FileSystem.update` reads a file again that somebody else keeps changing. */
export const MAX_UPDATE_ATTEMPTS = 20;

/** The present, in milliseconds since the Unix epoch. */
export type Clock = () => number;

/** Lets so many milliseconds pass; ends at once when the signal is aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** One request. Nothing follows a redirect: it is an answer like others. */
export interface HttpRequest {
	readonly method: 'HEAD' | 'GET';
	/** http or https; name, password and fragment are not sent. */
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** How many bytes of the body are wanted; the rest is not waited for. */
	readonly bodyLimit: number;
	/** In milliseconds, for all of the exchange. */
	readonly timeout: number;
}

/** Why there is no answer. */
export type HttpFailure =
	/** A name server says that there is no such host. */
	| 'host-unknown'
	/** No name server says anything of the host, or one alone that knows nothing of the internet. */
	| 'name-servers'
	/** The host is at an address that is not on the public internet. */
	| 'private-address'
	| 'refused'
	| 'reset'
	/** There is no way to the host. */
	| 'unreachable'
	| 'timeout'
	/** No encryption was agreed on, or the certificate is not to be trusted. */
	| 'tls'
	/** What was answered is not HTTP. */
	| 'protocol'
	/** The proxy between did not let the request through. */
	| 'proxy'
	| 'cancelled';

/** What came of a request. */
export type HttpAnswer =
	| {
			readonly kind: 'response';
			readonly status: number;
			/** The value of a header, by its name in lower case. */
			header(name: string): string | undefined;
			/** The first bytes of the body, as many as were wanted and came. */
			readonly body: Uint8Array;
	  }
	/** `detail` is what the system says of it, in no certain form. */
	| { readonly kind: 'failure'; readonly reason: HttpFailure; readonly detail: string };

/** Speaks HTTP. Connections are kept for later requests. */
export interface HttpClient {
	/** Never rejects; ends soon after the signal is aborted. */
	exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
	/** Ends all connections. */
	close(): void;
}

/** How the network may be used. */
export interface HttpSettings {
	/** Whether hosts are asked that are not on the public internet. */
	readonly allowPrivate: boolean;
	/** Whether the certificate authorities that the system trusts are trusted too. */
	readonly systemCertificates: boolean;
	/** Goes before what the environment says. */
	readonly proxy: ProxySettings | undefined;
}

/** The way to a proxy. */
export interface ProxySettings {
	/** Empty for none; `undefined` for the one that the environment names. */
	readonly url: string | undefined;
	/** The value of `Proxy-Authorization`. */
	readonly authorization: string | undefined;
	/** Whether the certificate of the proxy itself has to be right. */
	readonly strict: boolean;
	/** Hosts that are asked directly, as in the variable `NO_PROXY`. */
	readonly except: readonly string[];
}

/** The network, where there is one that may be used. */
export interface Network {
	connect(settings: HttpSettings): Promise<HttpClient>;
	readonly wait: Wait;
	/** How requests name this program (RFC 9110, "User-Agent"). */
	readonly userAgent: string;
	/** URI of the folder for what is kept of the network between sessions, which is made; `undefined` where it cannot be. */
	cacheFolder(): Promise<string | undefined>;
}

/** A machine without files. */
export const NO_FILES: FileSystem = {
	stat: async () => undefined,
	readHead: async () => undefined,
	readFile: async () => undefined,
	readDirectory: async () => undefined,
	update: async () => ({ kind: 'refused', reason: 'cannot be written here' }),
};
