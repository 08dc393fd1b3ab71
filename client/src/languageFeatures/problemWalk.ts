/** Where a user stands in an article, and its problems. */
export interface Stand {
	/** The document and its version. */
	readonly document: string;
	/** The position of the cursor. */
	readonly place: string;
	/** A key for each problem that VS Code goes to. */
	readonly problems: readonly string[];
	/** The keys of those at the cursor. */
	readonly here: readonly string[];
}

/** A walk from problem to problem of an article. It begins again when the user moves the cursor, edits or goes elsewhere. */
export interface ProblemWalk {
	/** Whether all problems of the article have been visited, so that the next step leads to another file. */
	isOver(stand: Stand): boolean;
	/** Notes where a step has led. */
	stepped(stand: Stand): void;
}

/** Creates a walk. */
export function createProblemWalk(): ProblemWalk {
	let last: Stand | undefined;
	let steps = 0;
	let visited = new Set<string>();
	return {
		isOver({ document, place, problems }) {
			if (last?.document !== document || last.place !== place) [steps, visited] = [0, new Set()];
			// Several problems can be at one place: VS Code goes to each of them. It goes to one twice if its widget was closed.
			return steps >= problems.length && problems.every(problem => visited.has(problem));
		},
		stepped(stand) {
			last = stand;
			steps++;
			for (const problem of stand.here) visited.add(problem);
		},
	};
}
