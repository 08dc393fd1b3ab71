/** Length in UTF-16 code units beyond which a line may fill the screen, so that UI which VS Code shows at its start or next to it can be out of sight. */
export const LONG_LINE = 2000;
