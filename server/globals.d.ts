/**
 * The globals that the engine and the shared part of the client may use: those of web standards that Node, browsers and workers all have, no more of each than is used. With neither Node's types nor
 * those of the DOM, the compiler refuses all others. Who changes this file runs `npx tsc --build --force`: an incremental build does not notice it.
 */

// https://url.spec.whatwg.org/
interface URL {
	hash: string;
	host: string;
	hostname: string;
	href: string;
	readonly origin: string;
	password: string;
	pathname: string;
	port: string;
	protocol: string;
	search: string;
	readonly searchParams: URLSearchParams;
	username: string;
	toString(): string;
}
declare var URL: {
	new (url: string | URL, base?: string | URL): URL;
	canParse(url: string | URL, base?: string | URL): boolean;
};
interface URLSearchParams {
	get(name: string): string | null;
}

// https://encoding.spec.whatwg.org/
interface TextDecoder {
	decode(input?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}
declare var TextDecoder: {
	new (label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean }): TextDecoder;
};
interface TextEncoder {
	encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };

// https://dom.spec.whatwg.org/#aborting-ongoing-activities
interface AbortSignal {
	readonly aborted: boolean;
	readonly reason: unknown;
	addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
	removeEventListener(type: 'abort', listener: () => void): void;
}
interface AbortController {
	readonly signal: AbortSignal;
	abort(reason?: unknown): void;
}
declare var AbortController: { new (): AbortController };

// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html; what a timer is differs from host to host.
interface Timer {
	readonly timer: unique symbol;
}
declare function setTimeout(handler: () => void, timeout?: number): Timer;
declare function clearTimeout(timer: Timer | undefined): void;
declare function setInterval(handler: () => void, timeout?: number): Timer;
declare function clearInterval(timer: Timer | undefined): void;

// https://infra.spec.whatwg.org/#forgiving-base64
declare function atob(data: string): string;
declare function btoa(data: string): string;

// https://w3c.github.io/webcrypto/
declare var crypto: {
	randomUUID(): string;
	readonly subtle: { digest(algorithm: string, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer> };
};

// https://w3c.github.io/hr-time/
declare var performance: { now(): number };
