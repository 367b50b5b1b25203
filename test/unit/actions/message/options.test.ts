import type { INodeProperties } from 'n8n-workflow';

import { replyOptions, sendOptions } from '../../../../nodes/TwilioSms/actions/message/options';

const optionsOf = (field: INodeProperties) => field.options as INodeProperties[];
const namesOf = (field: INodeProperties) => optionsOf(field).map(({ name }) => name);

const OF_EVERY_MESSAGE = [
	'addressRetention',
	'binaryProperties',
	'busyTimeout',
	'contentRetention',
	'mediaUrls',
	'parallel',
	'persistentAction',
	'provideFeedback',
	'riskCheck',
	'sendAsMms',
	'smartEncoded',
	'statusCallback',
	'validityPeriod',
];

// Workflows that users have saved hold these names.
it('have the names that saved workflows know', () => {
	expect(namesOf(replyOptions).sort()).toEqual(OF_EVERY_MESSAGE);
	expect(namesOf(sendOptions).sort()).toEqual(
		[...OF_EVERY_MESSAGE, 'fallbackFrom', 'sendAt', 'senderInService', 'shortenUrls'].sort(),
	);
});

it.each([replyOptions, sendOptions])('stand in the order of the alphabet', (field) => {
	const names = optionsOf(field).map(({ displayName }) => displayName);
	expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
});

it('are described', () => {
	for (const { description } of optionsOf(sendOptions)) expect(description).toMatch(/^[A-Z]/);
});

it('hide what another choice rules out, and depend on no field that a reply lacks', () => {
	const shownFor = (name: string) =>
		optionsOf(sendOptions).find((option) => option.name === name)?.displayOptions?.show;
	expect(shownFor('mediaUrls')).toEqual({ '/messageType': ['text'] });
	expect(shownFor('shortenUrls')).toEqual({ '/fromType': ['messagingService'] });
	expect(shownFor('fallbackFrom')).toEqual({ '/fromType': ['messagingService'] });
	// A hidden option is dropped in silence, and this message would go out at once.
	expect(shownFor('sendAt')).toBeUndefined();
	for (const { displayOptions } of optionsOf(replyOptions)) expect(displayOptions).toBeUndefined();
});
