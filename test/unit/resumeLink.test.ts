import type { IExecuteFunctions } from 'n8n-workflow';

import { callbackLink, pageLink } from '../../nodes/TwilioSms/actions/waiting/resumeLink';

it.each([pageLink, callbackLink])(
	'is not there in a version of n8n that cannot sign it, which says so: %p',
	async (link) => {
		const context = { getNode: () => ({ name: 'Ask', type: 'twilioSms' }) };
		await expect(link.call(context as unknown as IExecuteFunctions)).rejects.toThrow(
			'This version of n8n cannot wait for an answer safely',
		);
	},
);
