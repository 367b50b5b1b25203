export interface CleanUps {
	add: (cleanUp: () => Promise<void>) => void;
	/** Undoes the newest first. What fails hinders none of the others and is thrown at the end. */
	run: () => Promise<void>;
}

/** What has to be undone, in the order it was done. */
export function createCleanUps(): CleanUps {
	const cleanUps: Array<() => Promise<void>> = [];
	return {
		add: (cleanUp) => void cleanUps.push(cleanUp),
		run: async () => {
			const failures: unknown[] = [];
			for (let next = cleanUps.pop(); next; next = cleanUps.pop()) {
				await next().catch((error: unknown) => failures.push(error));
			}
			if (failures.length > 0) throw failures[0];
		},
	};
}
