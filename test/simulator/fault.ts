/** What goes wrong with a request. Only `reset-after` and `delay` let Twilio do its part first. */
export type Failure =
	/** Twilio's error for this status, or a body of one's own. */
	| { status: number; retryAfter?: string; body?: string | object }
	/** A gateway in front of Twilio answers, in HTML. */
	| { html: true; status?: number }
	| { redirect: string; status?: number }
	/** Milliseconds of waiting, then all is well. */
	| { delay: number }
	/** The connection is cut, and nothing was done. */
	| 'reset-before'
	/** Everything was done, then the connection is cut: the answer is lost. */
	| 'reset-after';

export interface NewFault {
	/** Any, unless given. */
	method?: string;
	/** Found somewhere in the path; any, unless given. */
	path?: RegExp;
	/** How many requests it hits; 1 unless given, `Infinity` for all of them. */
	times?: number;
	with: Failure;
}

export interface Fault extends NewFault {
	times: number;
}

/** The failure that the first fitting fault has in store for this request. */
export function takeFailure(
	faults: Fault[],
	{ method, path }: { method: string; path: string },
): Failure | undefined {
	const fault = faults.find(
		(each) =>
			each.times > 0 &&
			(each.method ?? method).toUpperCase() === method &&
			(each.path === undefined || path.search(each.path) !== -1),
	);
	if (fault === undefined) return undefined;
	fault.times -= 1;
	return fault.with;
}
