import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { simplifyField } from './shared/descriptions';
import { searchPhoneNumbers } from './shared/phoneNumbers';
import { accept, refuse } from './trigger/answer';
import { sayingWhatToDo } from './trigger/activationErrors';
import { triggerFields } from './trigger/fields';
import { toInboundMessage, toRawMessage } from './trigger/inboundMessage';
import { isRegistered, register } from './trigger/registration';
import { restore } from './trigger/restoration';
import { verifiedParameters } from './trigger/verification';

export class TwilioSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio SMS Trigger',
		name: 'twilioSmsTrigger',
		icon: { light: 'file:twilioSms.svg', dark: 'file:twilioSms.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'Incoming message',
		description: 'Starts the workflow when a text message arrives on a Twilio number',
		defaults: { name: 'Twilio SMS Trigger' },
		eventTriggerDescription: 'Waiting for you to text your Twilio number',
		activationMessage: 'Texts to your Twilio number now start this workflow.',
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'twilioSmsApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without it n8n answers with JSON of its own.
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [...triggerFields, simplifyField],
	};

	methods = { listSearch: { searchPhoneNumbers } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await sayingWhatToDo(this, isRegistered);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await sayingWhatToDo(this, register);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await sayingWhatToDo(this, restore);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		const parameters = await verifiedParameters.call(this);
		if (!parameters) return refuse.call(this);
		const simplify = this.getNodeParameter('simplify') as boolean;
		return accept.call(
			this,
			simplify ? toInboundMessage(parameters, new Date().toISOString()) : toRawMessage(parameters),
		);
	}
}
