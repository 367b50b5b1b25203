import type { INodeParameters } from 'n8n-workflow';
import { runInNewContext } from 'node:vm';

import { handlerOutputs } from '../../../../nodes/TwilioSms/trigger/handlers/fields';

const withRules = (...rules: object[]) =>
	({ event: 'incomingMessage', handlers: { rules } }) as unknown as INodeParameters;

const CASES: Array<[title: string, parameters: INodeParameters, names: string[] | undefined]> = [
	['one without handlers', { event: 'incomingMessage', handlers: {} }, undefined],
	['one when all handlers were taken away', withRules(), undefined],
	['one when nothing is set yet', {}, undefined],
	[
		'one for each handler and a last one',
		withRules({ name: 'A' }, { name: 'B' }),
		['A', 'B', 'Other'],
	],
	[
		'some for a trigger whose event is the default',
		{ handlers: { rules: [{ name: 'A' }] } },
		['A', 'Other'],
	],
	[
		'one for status events, which have no handlers',
		{ ...withRules({ name: 'A' }), event: 'messageStatus' },
		undefined,
	],
	[
		'called Handler while a handler has no name',
		withRules({ name: '' }, {}),
		['Handler', 'Handler', 'Other'],
	],
	[
		'called as the handlers are, whatever they are called',
		withRules({ name: 'Other' }, { name: '}} {{ "é' }),
		['Other', '}} {{ "é', 'Other'],
	],
];

const expected = (names: string[] | undefined) =>
	names?.map((displayName) => ({ type: 'main', displayName })) ?? [{ type: 'main' }];

describe('the outputs are', () => {
	it.each(CASES)('%s', (_, parameters, names) => {
		expect(handlerOutputs(parameters)).toEqual(expected(names));
	});
});

describe('as n8n evaluates the outputs from their source alone, they', () => {
	const source = handlerOutputs.toString();

	it('use nothing from outside', () => {
		for (const [, parameters, names] of CASES) {
			const outputs: unknown = runInNewContext(`JSON.stringify((${source})(parameters))`, {
				parameters,
			});
			expect(JSON.parse(outputs as string)).toEqual(expected(names));
		}
	});

	it('hold nothing that would end the expression', () => {
		expect(source).not.toContain('}}');
	});
});
