import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { properties, subtitle } from './actions';
import { lengthHints } from './actions/message/content';
import { resumeWebhooks, waitingTooltip } from './actions/sendAndWait/fields';
import { listSearch } from './listSearch';

export class TwilioSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio SMS',
		name: 'twilioSms',
		icon: { light: 'file:twilioSms.svg', dark: 'file:twilioSms.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle,
		description: 'Send text messages with Twilio',
		defaults: { name: 'Twilio SMS' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twilioSmsApi', required: true }],
		waitingNodeTooltip: `={{ (${waitingTooltip.toString()})($parameter) }}`,
		webhooks: resumeWebhooks,
		hints: lengthHints,
		properties,
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions) {
		const { runForEachItem } = await import('./runtime');
		return [await runForEachItem(this)];
	}

	async webhook(this: IWebhookFunctions) {
		const { resume } = await import('./runtime');
		return await resume(this);
	}
}
