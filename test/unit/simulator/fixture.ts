import type { Account } from '../../simulator/account';
import type { Simulator, SimulatorOptions } from '../../simulator/server';
import { startSimulator } from '../../simulator/server';
import type { Answerer, WebhookServer } from './webhookServer';
import { answering, startWebhookServer } from './webhookServer';

export const NUMBER = '+15005550006';
export const PERSON = '+14155550100';

const running: { close(): Promise<void> }[] = [];

export async function startTwilio(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = await startSimulator({ statusDelay: 0, ...options });
	running.push(simulator);
	return simulator;
}

export async function startWebhook(
	answer: Answerer = answering('<Response/>'),
): Promise<WebhookServer> {
	const server = await startWebhookServer(answer);
	running.push(server);
	return server;
}

/** A Twilio with one number whose webhook gives this answer. */
export async function startTwilioWithWebhook(
	answer?: Answerer,
): Promise<{ simulator: Simulator; account: Account; webhook: WebhookServer }> {
	const webhook = await startWebhook(answer);
	const simulator = await startTwilio();
	simulator.account.resources.addNumber({ phoneNumber: NUMBER, smsUrl: `${webhook.url}/sms` });
	return { simulator, account: simulator.account, webhook };
}

export async function closeAll(): Promise<void> {
	await Promise.all(running.splice(0).map((each) => each.close()));
}

/** Resolves as soon as the account is as described, without guessing how long that takes. */
export function until(account: Account, isSo: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const check = () => {
			if (!isSo()) return;
			account.off('change', check);
			resolve();
		};
		account.on('change', check);
		check();
	});
}
