import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { triggerFields } from '../../../nodes/TwilioSms/trigger/fields';

describe('the form of the trigger', () => {
	const shown = (parameters: INodeParameters) => {
		const all = {
			event: 'incomingMessage',
			receiveBy: 'webhook',
			listenOn: 'credential',
			...parameters,
		};
		return triggerFields
			.filter((property) => NodeHelpers.displayParameter(all, property, null, null))
			.map(({ name }) => name);
	};

	it('says that the wire to the next node has become one of several once there is a handler', () => {
		const rules = [{ name: 'A', condition: 'keyword', value: 'a' }];
		expect(shown({ handlers: {} })).not.toContain('handlersNotice');
		expect(shown({ handlers: { rules } })).toContain('handlersNotice');
	});

	it.each([
		[{}, 'numberNotice'],
		[{ listenOn: 'number' }, 'numberNotice'],
		[{ listenOn: 'messagingService' }, 'serviceNotice'],
		[{ listenOn: 'manual' }, 'manualMessageNotice'],
		[{ receiveBy: 'polling' }, 'pollingNotice'],
		[{ event: 'messageStatus', listenOn: 'messagingService' }, 'statusNotice'],
		[{ event: 'messageStatus', listenOn: 'manual' }, 'manualStatusNotice'],
	])('says in one notice what publishing changes: %j', (parameters, notice) => {
		const notices = shown(parameters).filter((name) => name.endsWith('Notice'));
		expect(notices).toEqual([notice]);
	});

	it.each([
		{},
		{ receiveBy: 'polling' },
		{ event: 'messageStatus', receiveBy: 'polling' },
		{ event: 'messageStatus' },
	])('has poll times once, which n8n asks for whether the user polls or not: %j', (parameters) => {
		expect(shown(parameters).filter((name) => name === 'pollTimes')).toHaveLength(1);
	});

	it('shows nothing that does not apply while polling', () => {
		const names = shown({ receiveBy: 'polling' });
		for (const name of ['onExistingWebhook', 'respond', 'replyText']) {
			expect(names).not.toContain(name);
		}
	});
});
