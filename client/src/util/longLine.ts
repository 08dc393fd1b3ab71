/** A line of more UTF-16 units may fill more than a screen: what VS Code shows at its start, or beside it, is not where one works. */
export const LONG_LINE = 2000;
