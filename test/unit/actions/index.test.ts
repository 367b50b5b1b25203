import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { properties, subtitle } from '../../../nodes/TwilioSms/actions';
import { findOperation } from '../../../nodes/TwilioSms/actions/operations';
import type { Operation, OperationDescription } from '../../../nodes/TwilioSms/actions/operation';

interface OperationFile {
	description: OperationDescription;
	execute: Operation;
}

const ACTIONS = join(__dirname, '../../../nodes/TwilioSms/actions');

const [resourceField] = properties;
const operationFields = properties.filter(({ name }) => name === 'operation');
const fields = properties.filter(({ name }) => name !== 'resource' && name !== 'operation');

const optionsOf = (field: INodeProperties) => field.options as INodePropertyOptions[];
const shownFor = (field: INodeProperties, name: string) =>
	(field.displayOptions?.show?.[name] ?? []) as string[];

const fieldsOf = (resource: string, operation: string) =>
	fields.filter(
		(field) =>
			shownFor(field, 'resource').includes(resource) &&
			shownFor(field, 'operation').includes(operation),
	);

const operations = operationFields.flatMap((field) =>
	optionsOf(field).map((option) => ({
		resource: shownFor(field, 'resource')[0],
		operation: String(option.value),
		option,
	})),
);

/** Where an operation is; the one with a folder of its own is named after that. */
const pathOf = ({ resource, operation }: { resource: string; operation: string }) =>
	operation === 'sendAndWait' ? join(operation, 'operation') : join(resource, operation);

it('asks for the resource first, then for the operation', () => {
	expect(properties.slice(0, 2).map(({ name }) => name)).toEqual(['resource', 'operation']);
	expect(optionsOf(resourceField).map(({ value }) => value)).toContain(resourceField.default);
});

it('has operations for every resource, and for no other', () => {
	expect(operationFields.map((field) => shownFor(field, 'resource'))).toEqual(
		optionsOf(resourceField).map(({ value }) => [value]),
	);
});

it('begins each resource with an operation that it has', () => {
	for (const field of operationFields) {
		expect(optionsOf(field).map(({ value }) => value)).toContain(field.default);
	}
});

it('has no expression for resource or operation, which decide which fields there are', () => {
	for (const field of [resourceField, ...operationFields])
		expect(field.noDataExpression).toBe(true);
});

it('names no resource and no operation of a resource twice', () => {
	const identifiers = operations.map(({ resource, operation }) => `${resource} ${operation}`);
	expect(new Set(identifiers).size).toBe(identifiers.length);
	const names = operations.map(({ resource, option }) => `${resource} ${option.name}`);
	expect(new Set(names).size).toBe(names.length);
	const actions = operations.map(({ option }) => option.action);
	expect(new Set(actions).size).toBe(actions.length);
});

it('has every operation that there is a file for, and a file for every operation', () => {
	const files = readdirSync(ACTIONS, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.filter((file) => /^export .*\bexecute\b/m.test(readFileSync(join(ACTIONS, file), 'utf8')));
	const expected = operations.map((one) => `${pathOf(one)}.ts`);
	expect(files.sort()).toEqual(expected.sort());
});

it('finds nothing that it does not have', () => {
	expect(() => findOperation('message', 'nothing')).toThrow('no operation "nothing" for "message"');
	expect(() => findOperation('nothing', 'send')).toThrow('no operation "send" for "nothing"');
	expect(() => findOperation('phoneNumber', 'send')).toThrow();
	expect(() => findOperation('message', 'constructor')).toThrow();
	expect(() => findOperation('', '')).toThrow();
});

describe.each(operations)('$resource > $operation', ({ resource, operation, option }) => {
	const shown = fieldsOf(resource, operation);

	it('has the entry, the fields and what it does from its file', async () => {
		const file = (await import(join(ACTIONS, pathOf({ resource, operation })))) as OperationFile;
		expect(option).toBe(file.description.option);
		expect(shown.length).toBeGreaterThan(0);
		expect(shown).toMatchObject(file.description.fields);
		expect(findOperation(resource, operation)).toBe(file.execute);
	});

	it('says what it does, in the list of actions and below its name', () => {
		expect(option.name).toMatch(/^[A-Z]/);
		expect(option.action).toMatch(/^[A-Z][a-z ]+$/);
		expect(option.action).not.toMatch(/\b(?:an?|the)\b/);
		expect(option.description).toMatch(/^[A-Z].*[^.]$/);
	});

	it('has fields with unique names, each shown for it alone', () => {
		for (const field of shown) {
			expect(field.displayOptions?.show).toMatchObject({
				resource: [resource],
				operation: [operation],
			});
		}
		const shownWhen = shown.map(({ name, displayOptions }) =>
			JSON.stringify([name, displayOptions]),
		);
		expect(new Set(shownWhen).size).toBe(shownWhen.length);
	});

	it('shows a field that depends on another only for a value that the other has', () => {
		for (const { displayOptions } of shown) {
			for (const [name, values] of Object.entries(displayOptions?.show ?? {})) {
				if (name === 'resource' || name === 'operation') continue;
				const other = shown.find((field) => field.name === name);
				const possible =
					other!.type === 'boolean' ? [true, false] : optionsOf(other!).map(({ value }) => value);
				expect(possible).toEqual(expect.arrayContaining(values!));
			}
		}
	});
});

it('has no field that belongs to no operation', () => {
	const owned = operations.flatMap(({ resource, operation }) => fieldsOf(resource, operation));
	expect(fields).toEqual(owned);
});

it('says on the canvas what a node does, in the words of its form', () => {
	const [, code] = /^=\{\{(.*)\}\}$/s.exec(subtitle)!;
	expect(code).not.toContain('}}');
	const evaluate = new Function('$parameter', `return ${code.trim()}`);
	const said = (resource: string, operation: string): unknown => evaluate({ resource, operation });
	expect(said('message', 'sendAndWait')).toBe('Send and Wait: Message');
	expect(said('phoneNumber', 'checkIncoming')).toBe('Check Incoming: Phone Number');
});
