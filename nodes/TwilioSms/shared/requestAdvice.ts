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

const FALLBACK_SENDER =
	'The fallback sender needs a Messaging Service with an RCS sender, and has to be one that can send SMS. Change or remove the option "Fallback Sender".';

/**
 * What the user can do about a request that Twilio refused, by Twilio's error code.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
export const REQUEST_ADVICE: Record<number, string> = {
	20003: CHECK_CREDENTIAL,
	20004:
		'Twilio does not allow this here. Update this node; if it happens again, report it to its authors.',
	20005:
		'The Twilio account is not active. Sign in to the Twilio Console to see why, or contact Twilio.',
	20008: 'Test credentials cannot do this. Enter the live Account SID and Auth Token.',
	20009: 'Twilio has not finished with this message yet. Try again in a few minutes.',
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
	21421: `Check the phone number. ${INTERNATIONAL_FORM}`,
	21481: 'The list changed while it was read. Try again.',
	21502:
		'Twilio does not accept this callback address. It has to be a public address that starts with https:// or http://.',
	21601: OWN_SENDER,
	21602: 'Enter a message text.',
	21603: 'Choose a sender: a phone number in the credential or in the node.',
	21604: `Enter a recipient. ${INTERNATIONAL_FORM}`,
	21605:
		'The text is longer than 160 characters, and this account still uses an old part of Twilio. Shorten it.',
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
	21664: FALLBACK_SENDER,
	21665: FALLBACK_SENDER,
	21666: FALLBACK_SENDER,
	21667: FALLBACK_SENDER,
	21668: 'This kind of number cannot be used in the Ireland region. Send from the US1 region.',
	21701: CHECK_MESSAGING_SERVICE,
	21702: CHECK_MESSAGING_SERVICE,
	21703: CHECK_MESSAGING_SERVICE,
	21704: 'The Messaging Service has no sender. Add a phone number to it in the Twilio Console.',
	21705:
		'Twilio does not know this Messaging Service. Choose one of this account; its SID begins with MG.',
	21710: 'The number is in this Messaging Service already.',
	21711:
		'This sender is not in the Messaging Service. Add it in the Twilio Console, or choose another sender.',
	21712:
		'The number belongs to another Messaging Service. Take it out of that one first, in the Twilio Console.',
	21714:
		'The Messaging Service has as many senders as it can hold. Take one out, or use another service.',
	21910:
		'Sender and recipient have to be on the same channel: both with whatsapp: in front, or neither.',
	30409:
		'Only a message that is still waiting for its scheduled time can be canceled. Look at its status with the operation Get.',
	35111: 'Choose the time at which the message is to be sent.',
	35114: 'The time has to be more than 5 minutes and at most 35 days ahead.',
	35115: 'The time has to be more than 5 minutes ahead.',
	35117: 'The time has to be at most 35 days ahead.',
	35118: 'A message can only be scheduled with a Messaging Service as its sender.',
	35119:
		'A time alone does not schedule a message. Update this node; if it happens again, report it to its authors.',
	35125:
		'This account has as many scheduled messages as Twilio takes. Wait until some of them have gone out, or cancel some.',
	35126:
		'Check the time and the Messaging Service. A message can be scheduled more than 5 minutes and at most 35 days ahead.',
	572002:
		'A trial account has a sender of its own for each recipient. Use the number the Twilio Console shows for this recipient, or upgrade the account.',
	572006:
		'A trial account can only send ready-made texts. Enter the name of one as the message, for example sms_appointment_reminders, or upgrade the account to send your own words.',
};
