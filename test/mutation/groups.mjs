/**
 * The files of which each mistake has to be noticed, and the tests that have to notice it: no more of
 * these than are needed, as each mutant loads them all.
 */
export const GROUPS = {
	signature: {
		files: ['twilio/signature', 'twilio/webhookUrl'],
		tests: ['unit/twilio/signature', 'unit/twilio/webhookUrl'],
	},
	verification: {
		files: ['twilio/signedForm', 'trigger/receiving/verification'],
		tests: ['unit/twilio/signedForm', 'unit/trigger/receiving/verification'],
	},
	duplicates: {
		files: ['shared/takenRequests', 'trigger/receiving/duplicates'],
		tests: ['unit/shared/takenRequests', 'unit/trigger/receiving/duplicates'],
		turnsClock: true,
	},
	sendOnce: {
		files: ['actions/sendOnce'],
		tests: ['unit/actions/sendOnce'],
	},
	retry: {
		files: ['twilio/retry'],
		tests: ['unit/twilio/retry'],
	},
	request: {
		files: ['twilio/request'],
		tests: ['unit/twilio/request'],
		turnsClock: true,
	},
	errors: {
		files: ['twilio/errors', 'twilio/advice'],
		tests: ['unit/twilio/errors', 'unit/twilio/advice'],
	},
	credential: {
		files: ['twilio/credential'],
		tests: ['unit/twilio/credential', 'unit/TwilioSmsApi.credentials'],
	},
	registrationErrors: {
		files: ['trigger/registration/errors'],
		tests: ['unit/trigger/registration/errors'],
	},
	registration: {
		files: [
			'trigger/registration/register',
			'trigger/registration/restore',
			'trigger/registration/choice',
		],
		tests: [
			'engine/registration',
			'engine/registrationChoice',
			'engine/registrationStates',
			'engine/messagingServices',
		],
	},
	ownership: {
		files: [
			'shared/ownership',
			'trigger/registration/snapshot',
			'trigger/registration/target',
			'trigger/registration/webhookUrl',
		],
		tests: [
			'unit/shared/ownership',
			'unit/trigger/registration/snapshot',
			'unit/trigger/registration/target',
			'unit/trigger/registration/webhookUrl',
		],
	},
	phoneNumber: {
		files: ['twilio/phoneNumber'],
		tests: ['unit/twilio/phoneNumber'],
	},
};
