/** An n8n that the tests run this package in. */
export interface N8nRelease {
	version: string;
	/** n8n starts with these native modules or not at all; its other install scripts are optional. */
	nativeModules: string[];
	/** Versions of what n8n depends on, instead of those that not every npm registry carries. */
	overrides: Record<string, string>;
	/**
	 * Publishes in the background, with several attempts, and keeps how far it came. n8n 1 answers a
	 * request to publish once the triggers are registered, or with what the first of them says.
	 */
	publishesInBackground: boolean;
	/**
	 * Answers a webhook once the execution is stored. n8n 1 answers before (`executeWebhook` in
	 * `webhook-helpers.js`), so that it loses what it has answered when it is killed right then.
	 */
	answersOnceStored: boolean;
	/** Has tools with which a person reviews what an agent does ("human in the loop"). */
	hasHumanReview: boolean;
	/**
	 * Says of a refused credential what the credential's test has for that status. n8n 1 has lost the
	 * status by then (`CredentialsTester`, as n8n 1 drops the HTTP client's error).
	 */
	hasCredentialRules: boolean;
}

/**
 * Each is a Jest project of this name: `npx jest -c test/jest.config.js --selectProjects n8n-1.123
 * --runInBand trigger -t 'replies at once'` runs one test in one release.
 */
export const RELEASES = {
	'n8n-2.41': {
		version: '2.41.1',
		nativeModules: ['sqlite3', 'isolated-vm'],
		overrides: { linkedom: '0.18.13' },
		publishesInBackground: true,
		answersOnceStored: true,
		hasHumanReview: true,
		hasCredentialRules: true,
	},
	/** The last n8n 1. */
	'n8n-1.123': {
		version: '1.123.81',
		nativeModules: ['sqlite3'],
		// n8n fetches its xlsx from a web address instead of the registry.
		overrides: { linkedom: '0.18.13', xlsx: '0.18.5' },
		publishesInBackground: false,
		answersOnceStored: false,
		hasHumanReview: false,
		hasCredentialRules: false,
	},
} satisfies Record<string, N8nRelease>;

export type ReleaseName = keyof typeof RELEASES;

declare global {
	/** Set by the Jest project. */
	var n8nRelease: ReleaseName | undefined;
}

export const newestRelease: ReleaseName = 'n8n-2.41';

/** All, the newest first, or the one whose version `N8N_VERSION` gives. */
export function chosenReleases(): ReleaseName[] {
	const names = Object.keys(RELEASES) as ReleaseName[];
	const wanted = process.env.N8N_VERSION;
	if (!wanted) return names;
	const chosen = names.filter((name) => RELEASES[name].version === wanted);
	if (chosen.length > 0) return chosen;
	const known = names.map((name) => RELEASES[name].version).join(' and ');
	throw new Error(`N8N_VERSION is ${wanted}, but the tests know ${known}`);
}

/** The newest where no Jest project names another: in the demo and in the bench. */
export const releaseName: ReleaseName = globalThis.n8nRelease ?? newestRelease;

export const release: N8nRelease = RELEASES[releaseName];
