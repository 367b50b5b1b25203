import type { INodeParameters } from 'n8n-workflow';
import { EngineTrigger } from './engineTrigger';
import { startTwilioAccount } from '../twilioAccount';

/** The trigger on n8n's engine, and a Twilio that finds its way to it. */
export async function startTriggerOnTwilio(parameters: INodeParameters = {}) {
	const twilio = await startTwilioAccount({ route: (url) => trigger.route(url) });
	const { credential } = twilio;
	const trigger: EngineTrigger = await new EngineTrigger({ credential, parameters }).listen();
	return {
		...twilio,
		trigger,
		async close() {
			await trigger.close();
			await twilio.simulator.close();
		},
	};
}

export type TriggerOnTwilio = Awaited<ReturnType<typeof startTriggerOnTwilio>>;
