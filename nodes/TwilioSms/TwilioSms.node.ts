import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { properties } from './actions';
import { runForEachItem } from './actions/itemLoop';
import { searchMessagingServices } from './shared/messagingServices';
import { searchPhoneNumbers } from './shared/phoneNumbers';

export class TwilioSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio SMS',
		name: 'twilioSms',
		icon: { light: 'file:twilioSms.svg', dark: 'file:twilioSms.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send text messages with Twilio',
		defaults: { name: 'Twilio SMS' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twilioSmsApi', required: true }],
		properties,
	};

	methods = { listSearch: { searchMessagingServices, searchPhoneNumbers } };

	async execute(this: IExecuteFunctions) {
		return [await runForEachItem.call(this)];
	}
}
