import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';

import { searchMessagingServices } from './shared/messagingServices';
import { searchPhoneNumbers } from './shared/phoneNumbers';
import { sayingWhatToDo } from './trigger/activationErrors';
import { accept, acceptDuplicate, refuse } from './trigger/answer';
import { isDuplicate } from './trigger/deliveries';
import { triggerFields } from './trigger/fields';
import { handlerOutputs } from './trigger/handlerOutputs';
import { toItem } from './trigger/item';
import { isRegistered, register } from './trigger/registration';
import { replyTwiml } from './trigger/reply';
import { restore } from './trigger/restoration';
import { route } from './trigger/route';
import { triggerPanel } from './trigger/triggerPanel';
import { verifiedParameters } from './trigger/verification';

export class TwilioSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio SMS Trigger',
		name: 'twilioSmsTrigger',
		icon: { light: 'file:twilioSms.svg', dark: 'file:twilioSms.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["event"] === "messageStatus" ? "Message status" : "Incoming message" }}',
		description: 'Starts the workflow when a text message arrives on a Twilio number',
		defaults: { name: 'Twilio SMS Trigger' },
		eventTriggerDescription: 'Waiting for you to text your Twilio number',
		activationMessage: 'Texts to your Twilio number now start this workflow.',
		triggerPanel,
		inputs: [],
		outputs: `={{ (${handlerOutputs.toString()})($parameter) }}`,
		credentials: [{ name: 'twilioSmsApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without it n8n answers with JSON of its own.
				responseData: '',
				path: 'webhook',
				ndvHideUrl: '={{ $parameter["listenOn"] !== "manual" }}',
			},
		],
		properties: triggerFields,
	};

	methods = { listSearch: { searchMessagingServices, searchPhoneNumbers } };

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
		if (await isDuplicate.call(this, parameters)) return acceptDuplicate.call(this);
		const item = await toItem.call(this, parameters);
		return accept.call(this, route.call(this, parameters, item), replyTwiml.call(this));
	}
}
