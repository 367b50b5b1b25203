import { setMaxListeners } from 'node:events';
import type { Instance, InstanceOptions } from './instance';
import { startInstance } from './instance';
import type { Credential } from './n8nApi';
import { packPackage } from './packPackage';
import { createCleanUps } from '../cleanUps';
import type { TwilioAccount } from '../twilioAccount';
import { startTwilioAccount } from '../twilioAccount';
import { startEventStreams } from './eventStreams';
import { startHostProxy } from './hostProxy';

/** A real n8n for which Twilio's addresses lead to the simulator. */
export interface TwilioN8n extends TwilioAccount, Pick<Instance, 'api' | 'url'> {
	credentials: {
		/** This package's, for Twilio's own address. */
		twilioSmsApi: Credential;
		/** This package's, for the simulator's address: with it n8n may be on this machine only. */
		custom: Credential;
		/** n8n's own. */
		twilioApi: Credential;
	};
	close(): Promise<void>;
}

export async function startTwilioN8n({
	isUnchecked,
}: Pick<InstanceOptions, 'isUnchecked'> = {}): Promise<TwilioN8n> {
	const cleanUps = createCleanUps();
	try {
		const twilio = await startTwilioAccount({ statusDelay: 600_000 });
		cleanUps.add(() => twilio.simulator.close());
		// Each request that waits listens for the simulator's end.
		setMaxListeners(0, twilio.account.signal);
		const events = await startEventStreams();
		cleanUps.add(() => events.close());
		const proxy = await startHostProxy({
			'api.twilio.com': twilio.simulator.url,
			'events.twilio.com': events.url,
		});
		cleanUps.add(() => proxy.close());
		const n8n = await startInstance({
			tarball: await packPackage(),
			env: { ...proxy.env, N8N_METRICS: 'true' },
			isUnchecked,
		});
		cleanUps.add(() => n8n.dispose());

		const { api, url } = n8n;
		const { credential } = twilio;
		const { accountSid, authToken } = credential;
		const credentials = {
			twilioSmsApi: await api.createCredential('twilioSmsApi', { ...credential, region: 'us1' }),
			custom: await api.createCredential('twilioSmsApi', credential, 'custom'),
			twilioApi: await api.createCredential('twilioApi', { accountSid, authToken }),
		};
		return { ...twilio, api, url, credentials, close: cleanUps.run };
	} catch (error) {
		await cleanUps.run();
		throw error;
	}
}
