const CHECK_CREDENTIAL =
	'Open the credential and copy the Account SID and the Auth Token (or the API key) again from the Twilio Console. Check that the region is the one the account lives in.';
const INTERNATIONAL_FORM =
	'Write the number in international form: +, country code, number, for example +14155550100.';
const OWN_SENDER =
	'Choose a number that belongs to this Twilio account and can send texts: Twilio Console > Phone Numbers > Active Numbers.';
const CHECK_MESSAGING_SERVICE =
	'Look at the Messaging Service in the Twilio Console: it needs a sender that can reach this country.';
const TRY_AGAIN_LATER =
	'The fault is with Twilio or the carrier. Try again later; status.twilio.com shows known problems.';

/**
 * What the user can do about a Twilio error, by Twilio's error code.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
const ADVICE: Record<number, string> = {
	20003: CHECK_CREDENTIAL,
	20005:
		'The Twilio account is not active. Sign in to the Twilio Console to see why, or contact Twilio.',
	20008: 'Test credentials cannot do this. Enter the live Account SID and Auth Token.',
	20404:
		'Check the SID or number: it may be misspelt, or belong to another account or another region.',
	20429:
		'Too many requests at once for this Twilio account; nothing was sent. Try again in a moment.',
	20500: TRY_AGAIN_LATER,
	20503: TRY_AGAIN_LATER,
	21211: `Check the recipient's number. ${INTERNATIONAL_FORM}`,
	21212: `Check the sender. ${OWN_SENDER}`,
	21266: 'The sender and the recipient are the same number. Change one of them.',
	21402:
		'Twilio does not accept this webhook address. It has to be a public address that starts with https:// or http://.',
	21408:
		'Sending to this country is switched off. Switch it on in the Twilio Console > Messaging > Settings > Geo permissions.',
	21502:
		'Twilio does not accept this callback address. It has to be a public address that starts with https:// or http://.',
	21601: OWN_SENDER,
	21602: 'Enter a message text.',
	21603: 'Choose a sender: a phone number in the credential or in the node.',
	21604: `Enter a recipient. ${INTERNATIONAL_FORM}`,
	21606: OWN_SENDER,
	21607:
		'A trial account can only send from its trial number. Use that number, or upgrade the account.',
	21608:
		'A trial account can only text numbers that were verified. Verify this one in the Twilio Console > Phone Numbers > Verified Caller IDs, or upgrade the account.',
	21609:
		'Twilio does not accept the Status Callback address. It has to be public, at most 4,000 characters long, and its host name must have no underscore.',
	21610:
		'This person answered STOP to this sender. Do not text them again until they have texted START to it.',
	21611:
		'This sender has more than ten hours of messages waiting. Wait, or send from more numbers through a Messaging Service.',
	21612:
		'This sender cannot reach this recipient (carrier or country). Send from another number, or check the recipient.',
	21614: "This is not a mobile number, so it cannot get texts. Check the recipient's number.",
	21617: 'The text is longer than 1,600 characters. Shorten it or split it into several messages.',
	21618: 'Twilio does not accept this text. Change it and try again.',
	21619: 'Enter a message text, a media URL or a content template.',
	21620: 'Enter a media URL that starts with https:// and can be opened by everybody.',
	21621: 'This sender cannot send pictures. Send text only, or from a number with MMS.',
	21622: 'This account cannot send pictures. Send text only, or ask Twilio to enable MMS.',
	21623: 'A message can carry ten files at most. Send the rest in another message.',
	21624: 'The validity period has to be between 1 and 36,000 seconds.',
	21635: 'This is a landline, which cannot get texts. Use another number.',
	21654: 'Choose a content template.',
	21655:
		'Twilio does not know this content template. Choose one of this account; its SID begins with HX.',
	21656: 'The content variables have to be a JSON object, for example {"1":"Anna"}.',
	21657: 'Twilio does not accept this sender ID. Choose another sender.',
	21658: 'One of the values is too long. Shorten it.',
	21659: OWN_SENDER,
	21660: 'This sender belongs to another Twilio account. Use the credential of that account.',
	21661: 'This number cannot send texts. Choose a number with SMS.',
	21662:
		'This sender and recipient cannot be used in the Ireland region. Send from the US1 region.',
	21663: "This number's routing is set for another region. Change it in the Twilio Console.",
	21668: 'This kind of number cannot be used in the Ireland region. Send from the US1 region.',
	21701: CHECK_MESSAGING_SERVICE,
	21702: CHECK_MESSAGING_SERVICE,
	21703: CHECK_MESSAGING_SERVICE,
	21704: 'The Messaging Service has no sender. Add a phone number to it in the Twilio Console.',
	21705:
		'Twilio does not know this Messaging Service. Choose one of this account; its SID begins with MG.',
	21910:
		'Sender and recipient have to be on the same channel: both with whatsapp: in front, or neither.',
	30001: 'Too many messages were waiting. Send more slowly, or from more numbers.',
	30002: 'The Twilio account is suspended. Contact Twilio.',
	30003: 'The phone was switched off or out of reach, or is a landline. Try again later.',
	30004: 'The recipient or their carrier blocks messages from this sender.',
	30005: "The number is not known or no longer in use. Check the recipient's number.",
	30006: 'The number is a landline or its carrier cannot be reached. Use another number.',
	30007:
		'Twilio or a carrier took the message for spam. Change the text, and register the sender for what it is used for.',
	30008: 'The carrier gave no reason. Try again with a short, plain text.',
	30032: 'This toll-free number is not verified. Complete its verification in the Twilio Console.',
	30034:
		'This US number is not part of an approved A2P 10DLC campaign. Register brand and campaign in the Twilio Console.',
	30036: 'The message waited longer than its validity period. Raise it, or send more slowly.',
	35111: 'Choose the time at which the message is to be sent.',
	35114: 'The time has to be more than 5 minutes and at most 35 days ahead.',
	35115: 'The time has to be more than 5 minutes ahead.',
	35117: 'The time has to be at most 35 days ahead.',
	35118: 'A message can only be scheduled with a Messaging Service as its sender.',
	63016:
		'WhatsApp allows free text only within 24 hours of the last message from this person. Use a content template.',
	572002:
		'A trial account has a sender of its own for each recipient. Use the number the Twilio Console shows for this recipient, or upgrade the account.',
	572006:
		'A trial account can only send ready-made texts. Enter the name of one as the message, for example sms_appointment_reminders, or upgrade the account to send your own words.',
};

/** What to do about a Twilio error code or, without one that is known, about an HTTP status. */
export function adviceFor(code: number | undefined, httpStatus: number): string {
	if (code !== undefined && ADVICE[code]) return ADVICE[code];
	if (httpStatus === 401) return CHECK_CREDENTIAL;
	if (httpStatus === 403) return 'This API key or account is not allowed to do this in Twilio.';
	if (httpStatus === 404) return ADVICE[20404];
	if (httpStatus === 429) return ADVICE[20429];
	if (httpStatus >= 500) return TRY_AGAIN_LATER;
	return 'Change what Twilio names above and try again.';
}
