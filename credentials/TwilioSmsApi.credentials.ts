import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import type { TwilioSmsCredential } from '../nodes/TwilioSms/twilio/credential';
import {
	apiOrigin,
	credentialProblem,
	isApiUrl,
	REGION_DOMAINS,
} from '../nodes/TwilioSms/twilio/credential';

export class TwilioSmsApi implements ICredentialType {
	name = 'twilioSmsApi';

	displayName = 'Twilio SMS API';

	icon = {
		light: 'file:../nodes/TwilioSms/twilioSms.svg',
		dark: 'file:../nodes/TwilioSms/twilioSms.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-twilio-sms/n8n-nodes-twilio-sms#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Authenticate With',
			name: 'authType',
			type: 'options',
			options: [
				{
					name: 'Auth Token',
					value: 'authToken',
				},
				{
					name: 'API Key',
					value: 'apiKey',
				},
			],
			default: 'authToken',
		},
		{
			displayName: 'Account SID',
			name: 'accountSid',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			description: 'Shown on the first page of the Twilio Console. Begins with AC.',
		},
		{
			displayName: 'API Key SID',
			name: 'apiKeySid',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. SKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			displayOptions: { show: { authType: ['apiKey'] } },
			description: 'Begins with SK. A standard key is enough.',
		},
		{
			displayName: 'API Key Secret',
			name: 'apiKeySecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authType: ['apiKey'] } },
			description: 'Twilio shows it once, when the key is made',
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authType: ['authToken'] } },
			description: 'Shown on the first page of the Twilio Console, below the Account SID',
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authType: ['apiKey'] } },
			hint: 'Needed to receive texts: Twilio signs them with it. If you only send, it may stay empty.',
			description:
				'Shown on the first page of the Twilio Console. Twilio signs incoming texts with it, so the Twilio SMS Trigger needs it even beside an API key. If you only send, it may stay empty.',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155550100',
			hint: 'With + and the country code',
			description:
				'Your Twilio number, with its country code; on a trial account the one that Twilio gave you. Messages are sent from it and the trigger listens to it unless the node says otherwise.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{
					name: 'Australia (AU1)',
					value: 'au1',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'A service that speaks the Twilio API, such as a simulator',
				},
				{
					name: 'Ireland (IE1)',
					value: 'ie1',
				},
				{
					name: 'United States (US1)',
					value: 'us1',
				},
			],
			default: 'us1',
			description:
				'Leave it at United States unless you switched to another region in the Twilio Console, above the Auth Token. Each region has an Auth Token and API keys of its own.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://twilio.example.com',
			displayOptions: { show: { region: ['custom'] } },
			description:
				'The Auth Token or API key is sent to this address: enter only one that you trust. Must start with https:// (http:// only on this machine).',
		},
	];

	/** Signs a request with the credential, and refuses to send it anywhere but to the API. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const credential = credentials as TwilioSmsCredential;
		const problem = credentialProblem(credential);
		if (problem) throw new Error(problem);
		// Checks the Base URL: of a wrong one `new URL()` below would say ERR_INVALID_URL only.
		apiOrigin(credential, 'api');
		const url = new URL(requestOptions.url, requestOptions.baseURL).href;
		if (!isApiUrl(credential, url)) {
			throw new Error(
				`This credential is for Twilio's API and is not sent to ${new URL(url).host}`,
			);
		}
		const auth =
			credential.authType === 'apiKey'
				? { username: credential.apiKeySid, password: credential.apiKeySecret }
				: { username: credential.accountSid, password: credential.authToken };
		return {
			...requestOptions,
			auth: { username: auth.username.trim(), password: auth.password.trim() },
		};
	};

	// A standard API key may not read /Accounts/{sid}.json, and the messages are what every key
	// that is of use here can read.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.region === "custom" ? $credentials.baseUrl.trim().replace(/\\/+$/, "") : "https://api." + (${JSON.stringify(REGION_DOMAINS)})[$credentials.region] }}`,
			url: '=/2010-04-01/Accounts/{{ encodeURIComponent($credentials.accountSid.trim()) }}/Messages.json',
			qs: { PageSize: 1 },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Twilio does not know this pair. Copy the Account SID and the Auth Token (or the API key and its secret) again from the Twilio Console, and check the region.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'Twilio has no account with this Account SID. Copy it again from the first page of the Twilio Console; it begins with AC.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Twilio knows this credential, but it may not read messages. Give the restricted API key the permission Messages (read) in the Twilio Console, or use a standard key.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'messages',
					// A website that is not Twilio answers without any.
					value: undefined,
					message:
						'Something answered at this address, but not Twilio. Check the region, the Base URL and, behind a company proxy, HTTPS_PROXY.',
				},
			},
			// n8n applies rules of both kinds; its type allows one.
		] as ICredentialTestRequest['rules'],
	};
}
