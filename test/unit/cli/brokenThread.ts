import { parentPort } from 'node:worker_threads';

/** A program for threads that breaks down over a file that is called so, and says of all others what they are called. */
parentPort?.on('message', ({ id, task }: { id: number; task: { files: { path: string }[] } }) => {
	for (const { path } of task.files) if (path === 'broken') throw new Error('too much');
	const result = task.files.map(({ path }) => ({
		complaints: [{ place: path, text: 'is fine' }],
		checked: [],
		passedOver: false,
		fixed: 0,
	}));
	parentPort?.postMessage({ id, result });
});
