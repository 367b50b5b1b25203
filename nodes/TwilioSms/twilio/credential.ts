import { isLoopbackHost } from './hosts';

export const CREDENTIAL_NAME = 'twilioSmsApi';

export type TwilioProduct = 'api' | 'content' | 'lookups' | 'messaging' | 'monitor';

export type TwilioRegion = 'us1' | 'ie1' | 'au1' | 'custom';

/** What the user entered in the credential; text fields as typed. */
export type TwilioSmsCredential = {
	authType: 'authToken' | 'apiKey';
	accountSid: string;
	authToken: string;
	apiKeySid: string;
	apiKeySecret: string;
	phoneNumber: string;
	region: TwilioRegion;
	baseUrl: string;
};

/** Where the API of an account is. */
export type ApiLocation = Pick<TwilioSmsCredential, 'region'> &
	Partial<Pick<TwilioSmsCredential, 'baseUrl'>>;

/**
 * What follows `{product}.` in the host name of each region. Edge and region go together: hosts
 * with a region alone (`api.ie1.twilio.com`) stopped working on 2026-04-28.
 *
 * @see https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region
 */
export const REGION_DOMAINS: Record<Exclude<TwilioRegion, 'custom'>, string> = {
	us1: 'twilio.com',
	ie1: 'dublin.ie1.twilio.com',
	au1: 'sydney.au1.twilio.com',
};

/**
 * The origin that serves a Twilio product, without a trailing slash: `https://api.twilio.com`, or
 * with region `custom` the base URL, which serves every product.
 *
 * @throws Error when the base URL is not one to which a token may be sent
 */
export function apiOrigin(location: ApiLocation, product: TwilioProduct): string {
	if (location.region !== 'custom') return `https://${product}.${REGION_DOMAINS[location.region]}`;
	const url = parseUrl(location.baseUrl ?? '');
	const isSafe =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
	if (!url || !isSafe || /[?#]/.test(url.href)) {
		// Only the host: the rest may hold a password.
		throw new Error(
			`The credential's Base URL (${url?.host || 'no address'}) cannot be used. Enter one that starts with https:// (http:// only for this machine itself), or choose one of Twilio's regions.`,
		);
	}
	return url.href.replace(/\/+$/, '');
}

/** Whether a request to this URL may carry the credential: it goes to Twilio or the base URL. */
export function isApiUrl(location: ApiLocation, url: string): boolean {
	const target = parseUrl(url);
	if (!target) return false;
	if (location.region === 'custom') {
		return target.origin === new URL(apiOrigin(location, 'api')).origin;
	}
	return (
		target.protocol === 'https:' &&
		target.port === '' &&
		target.hostname.endsWith(`.${REGION_DOMAINS[location.region]}`)
	);
}

/** What is obviously wrong with a credential, such as the SID of an API key in the wrong field. */
export function credentialProblem(
	credential: Pick<TwilioSmsCredential, 'accountSid' | 'authType' | 'apiKeySid' | 'region'>,
): string | undefined {
	const sid = credential.accountSid.trim();
	if (!sid) return 'The credential has no Account SID';
	if (!/^AC/i.test(sid)) {
		const what = /^SK/i.test(sid) ? 'the SID of an API key' : 'no Account SID';
		return `The credential's field "Account SID" holds ${what}: an Account SID begins with AC`;
	}
	if (credential.authType === 'apiKey' && !/^SK/i.test(credential.apiKeySid.trim())) {
		return 'The credential\'s field "API Key SID" does not hold one: it begins with SK';
	}
	const { region } = credential;
	if (region !== 'custom' && !Object.hasOwn(REGION_DOMAINS, region)) {
		return `The credential's field "Region" holds "${String(region)}", which is none of Twilio's: ${Object.keys(REGION_DOMAINS).join(', ')}`;
	}
	return undefined;
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text.trim());
	} catch {
		return undefined;
	}
}
