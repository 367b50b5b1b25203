import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { SimulatorOptions } from '../simulator/server';
import { startSimulator } from '../simulator/server';
import { guard } from './n8n/privacy';
import { checkExchange } from './openApi';

/** The number that the tests' account owns, and a person who texts it. */
export const OUR_NUMBER = '+14155550100';
export const PERSON = '+14155550123';

/** A Twilio with one account that owns one number, and the credential for it. */
export async function startTwilioAccount(options: SimulatorOptions = {}) {
	const simulator = await startSimulator(options);
	const { account } = simulator;
	account.on('exchange', checkExchange);
	guard(account, simulator.url);
	account.resources.addNumber({ phoneNumber: OUR_NUMBER, friendlyName: 'The shop' });
	const credential: ICredentialDataDecryptedObject = {
		authType: 'authToken',
		accountSid: account.sid,
		authToken: account.authToken,
		phoneNumber: OUR_NUMBER,
		region: 'custom',
		baseUrl: simulator.url,
	};
	const { sid: apiKeySid, secret: apiKeySecret } = account.apiKey;
	const apiKeyCredential = { ...credential, authType: 'apiKey', apiKeySid, apiKeySecret };
	return { simulator, account, credential, apiKeyCredential };
}

export type TwilioAccount = Awaited<ReturnType<typeof startTwilioAccount>>;
