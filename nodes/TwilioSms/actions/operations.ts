import type { Operation } from './operation';
import { execute as cancel } from './message/cancel';
import { execute as deleteMessage } from './message/delete';
import { execute as downloadMedia } from './message/downloadMedia';
import { execute as getMessage } from './message/get';
import { execute as getMessages } from './message/getAll';
import { execute as redact } from './message/redact';
import { execute as reply } from './message/reply';
import { execute as send } from './message/send';
import { execute as sendFeedback } from './message/sendFeedback';
import { execute as sendAndWait } from './sendAndWait/operation';
import { execute as checkIncoming } from './phoneNumber/checkIncoming';
import { execute as getPhoneNumber } from './phoneNumber/get';
import { execute as getPhoneNumbers } from './phoneNumber/getAll';
import { execute as lookup } from './phoneNumber/lookup';

/** What the operations do: one line for each, by the values of the two dropdowns. */
const operations: Record<string, Record<string, Operation>> = {
	message: {
		send,
		sendFeedback,
		sendAndWait,
		reply,
		cancel,
		delete: deleteMessage,
		downloadMedia,
		get: getMessage,
		getAll: getMessages,
		redact,
	},
	phoneNumber: {
		get: getPhoneNumber,
		getAll: getPhoneNumbers,
		checkIncoming,
		lookup,
	},
};

export function findOperation(resource: string, operation: string): Operation {
	const ofResource = operations[resource] ?? {};
	if (!Object.hasOwn(ofResource, operation)) {
		throw new Error(`There is no operation "${operation}" for "${resource}"`);
	}
	return ofResource[operation];
}
