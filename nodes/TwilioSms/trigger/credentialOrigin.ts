import type { IHookFunctions } from 'n8n-workflow';

import { apiOrigin } from '../shared/apiOrigin';
import { getCredential } from '../shared/transport';
import { withoutSecrets } from '../shared/webhookAddress';

/**
 * Where the credential's API is, fit to be stored and logged: `https://api.twilio.com`.
 *
 * @throws Error when the credential's base URL is not one to which a token may be sent
 */
export async function credentialOrigin(this: IHookFunctions): Promise<string> {
	return withoutSecrets(apiOrigin(await getCredential.call(this), 'api'));
}
