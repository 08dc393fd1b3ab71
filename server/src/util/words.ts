const NUMBER = new Intl.NumberFormat('en');

/** A count with its noun: `1 article`, `1,234 articles`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
	return `${count < 1000 ? count : NUMBER.format(count)} ${count === 1 ? noun : nouns}`;
}

/** Splits a camel-case name into words: `PropertyNameExpected` becomes `property name expected`. */
export function spacedOut(name: string): string {
	return name.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter}`).toLowerCase();
}
