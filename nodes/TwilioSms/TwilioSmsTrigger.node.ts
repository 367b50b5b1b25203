import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import { fromFunction, webhookDescriptionFields } from 'n8n-workflow';

import { listSearch } from './listSearch';
import { triggerFields, triggerPanel } from './trigger/fields';
import { handlerOutputs } from './trigger/handlers/fields';

// Where the trigger polls there is none, so that n8n registers no webhook.
const httpMethodOf = ({ receiveBy, event }: INodeParameters) =>
	receiveBy === 'polling' && event !== 'messageStatus' ? '' : 'POST';

// n8n evaluates an expression here for each text. An n8n that has these functions (2.41) calls ours
// instead; an older one has the expression alone. The type of the field does not say that it takes one.
const httpMethod = (
	fromFunction
		? webhookDescriptionFields({ httpMethod: fromFunction(httpMethodOf) })
		: { httpMethod: `={{ (${httpMethodOf.toString()})($parameter) }}` }
) as Pick<IWebhookDescription, 'httpMethod'>;

export class TwilioSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Twilio SMS Trigger',
		name: 'twilioSmsTrigger',
		icon: { light: 'file:twilioSms.svg', dark: 'file:twilioSms.dark.svg' },
		group: ['trigger'],
		version: 2,
		subtitle:
			'={{ $parameter["event"] === "messageStatus" ? "Message Status" : "Incoming Message" }}',
		description:
			'Send and receive text messages (SMS) with Twilio: starts the workflow when one arrives',
		defaults: { name: 'Twilio SMS Trigger' },
		eventTriggerDescription: 'Waiting for a text, or for the status of a message',
		activationMessage: 'This workflow now starts by itself when Twilio has something for it.',
		triggerPanel,
		inputs: [],
		outputs: `={{ (${handlerOutputs.toString()})($parameter) }}`,
		credentials: [{ name: 'twilioSmsApi', required: true }],
		webhooks: [
			{
				name: 'default',
				...httpMethod,
				responseMode: 'onReceived',
				// Without it n8n answers with JSON of its own.
				responseData: '',
				path: 'webhook',
				ndvHideUrl:
					'={{ $parameter["listenOn"] !== "manual" || $parameter["receiveBy"] === "polling" }}',
			},
		],
		properties: triggerFields,
	};

	methods = { listSearch };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const { isRegistered, sayingWhatToDo } = await import('./runtime');
				return await sayingWhatToDo(this, isRegistered);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const { register, sayingWhatToDo } = await import('./runtime');
				await sayingWhatToDo(this, register);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				const { restore, sayingWhatToDo } = await import('./runtime');
				await sayingWhatToDo(this, restore);
				return true;
			},
		},
	};

	async poll(this: IPollFunctions) {
		const { poll } = await import('./runtime');
		return await poll(this);
	}

	async execute(this: IExecuteFunctions) {
		const { execute } = await import('./runtime');
		return await execute(this);
	}

	async webhook(this: IWebhookFunctions) {
		const { receive } = await import('./runtime');
		return await receive(this);
	}
}
