import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../shared/types';
import * as cancel from './message/cancel';
import * as deleteMessage from './message/delete';
import * as downloadMedia from './message/downloadMedia';
import * as getMessage from './message/get';
import * as getMessages from './message/getAll';
import * as redact from './message/redact';
import * as reply from './message/reply';
import * as send from './message/send';
import * as sendAndWait from './message/sendAndWait';
import * as checkIncoming from './phoneNumber/checkIncoming';
import * as getPhoneNumber from './phoneNumber/get';
import * as getPhoneNumbers from './phoneNumber/getAll';
import * as lookup from './phoneNumber/lookup';

interface Resource {
	name: string;
	value: string;
	operations: Operation[];
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
		],
	},
	{
		name: 'Phone Number',
		value: 'phoneNumber',
		operations: [getPhoneNumber, getPhoneNumbers, checkIncoming, lookup],
	},
];

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
	...resources.flatMap(({ operations }) => operations.flatMap(({ description }) => description)),
];

/** The operation by the values of the two dropdowns. */
export function findOperation(resource: string, operation: string): Operation {
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ option }) => option.value === operation);
	if (!found) throw new Error(`There is no operation "${operation}" for "${resource}"`);
	return found;
}
