import type { INodeProperties } from 'n8n-workflow';

import type { OperationDescription } from './operation';
import { description as cancel } from './message/cancel';
import { description as deleteMessage } from './message/delete';
import { description as downloadMedia } from './message/downloadMedia';
import { description as getMessage } from './message/get';
import { description as getMessages } from './message/getAll';
import { description as redact } from './message/redact';
import { description as reply } from './message/reply';
import { description as send } from './message/send';
import { description as sendFeedback } from './message/sendFeedback';
import { description as sendAndWait } from './sendAndWait/operation';
import { description as checkIncoming } from './phoneNumber/checkIncoming';
import { description as getPhoneNumber } from './phoneNumber/get';
import { description as getPhoneNumbers } from './phoneNumber/getAll';
import { description as lookup } from './phoneNumber/lookup';

interface Resource {
	name: string;
	value: string;
	operations: OperationDescription[];
}

/** Everything the Twilio SMS node can do: one line for each operation. */
const resources: Resource[] = [
	{
		name: 'Message',
		value: 'message',
		operations: [
			send,
			sendAndWait,
			reply,
			cancel,
			deleteMessage,
			downloadMedia,
			getMessage,
			getMessages,
			redact,
			sendFeedback,
		],
	},
	{
		name: 'Phone Number',
		value: 'phoneNumber',
		operations: [getPhoneNumber, getPhoneNumbers, checkIncoming, lookup],
	},
];

/** What a node on the canvas says it does, by its parameters: `Send and Wait: Message`. */
const subtitles = Object.fromEntries(
	resources.flatMap(({ name, value, operations }) =>
		operations.map(({ option }) => [
			`${value} ${String(option.value)}`,
			`${option.name.replace(' for Response', '')}: ${name}`,
		]),
	),
);

/** n8n's expression for that. */
export const subtitle = `={{ (${JSON.stringify(subtitles)})[$parameter["resource"] + " " + $parameter["operation"]] }}`;

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources.map(({ name, value }) => ({ name, value })),
	default: 'message',
};

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
};

/** The two dropdowns and, below them, the fields of every operation. */
export const properties: INodeProperties[] = [
	resourceField,
	...resources.map(({ value, operations }) => ({
		...operationField,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(({ option }) => option),
		default: operations[0].option.value,
	})),
	...resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) => fieldsShownFor(value, operation)),
	),
];

// n8n-workflow's `updateDisplayOptions` does it with lodash's `merge`, which would cost every start
// of n8n almost as much as the rest of this package.
function fieldsShownFor(
	resource: string,
	{ option, fields }: OperationDescription,
): INodeProperties[] {
	const chosen = { resource: [resource], operation: [option.value] };
	return fields.map((field) => ({
		...field,
		displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, ...chosen } },
	}));
}
