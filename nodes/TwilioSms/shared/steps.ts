import type { IDataObject } from 'n8n-workflow';

/** A message that an input item asks for, ready to go out. */
export interface Step {
	/** Who gets it. Steps for the same recipient are taken one after the other, in order. */
	to: string;
	run(): Promise<IDataObject>;
}

/**
 * What an operation gives back in place of data when there is still something to be sent. Steps
 * of all items are taken several at a time, and each succeeds or fails on its own.
 */
export class Steps {
	constructor(readonly list: Step[]) {}
}
