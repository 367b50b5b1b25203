import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { TwilioRegion } from './apiOrigin';

export const CREDENTIAL_NAME = 'twilioSmsApi';

/** What the user entered in the credential; text fields as typed. */
export interface TwilioSmsCredential extends ICredentialDataDecryptedObject {
	authType: 'authToken' | 'apiKey';
	accountSid: string;
	authToken: string;
	apiKeySid: string;
	apiKeySecret: string;
	phoneNumber: string;
	region: TwilioRegion;
	baseUrl: string;
}
