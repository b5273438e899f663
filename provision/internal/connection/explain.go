package connection

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// awsError is an AWS error in one line that says what to do about it.
type awsError struct {
	text  string
	cause error // holds the SDK's error and all that it wraps
}

func (e *awsError) Error() string { return e.text }
func (e *awsError) Unwrap() error { return e.cause }

// Explain makes an AWS error one line that says which action failed, for whom and what to do about it. The
// action is as in a policy: s3:PutObject. Nil stays nil, and errors.As finds what the SDK's error holds.
func Explain(err error, action, principal string) error {
	var explained *awsError
	if err == nil || errors.As(err, &explained) {
		return err
	}
	if errors.Is(err, ErrNoCredentials) {
		return &awsError{text: action + ": " + ErrNoCredentials.Error(), cause: err}
	}
	text := action + ": " + oneLine(err)
	if IsDenied(err) {
		text = fmt.Sprintf("%s is denied to %s: %s", action, cmp.Or(principal, "the caller"), oneLine(err))
	}
	if advice := advise(err, action); advice != "" {
		text += ": " + advice
	}
	return &awsError{text: text, cause: err}
}

// IsDenied reports whether AWS denied the caller an action.
func IsDenied(err error) bool {
	switch ErrorCode(err) {
	case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess",
		"UnauthorizedException",
		"AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "AllAccessDisabled", "Forbidden":
		return true
	case "", "UnknownError": // a proxy's page, or an answer in another protocol
		return ErrorStatus(err) == http.StatusForbidden
	}
	return false
}

// IsThrottled reports whether AWS rejected a request because the caller makes too many.
func IsThrottled(err error) bool {
	switch ErrorCode(err) {
	case "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
		"TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
		"RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete",
		"EC2ThrottledException":
		return true
	}
	return ErrorStatus(err) == http.StatusTooManyRequests
}

// advise is the next step after an error; empty if AWS's own message has to do.
func advise(err error, action string) string {
	switch ErrorCode(err) {
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired":
		return "the credentials have expired: sign in again, or renew them at their source"
	case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "InvalidToken":
		return "AWS does not know these credentials: check the access key and the profile, " +
			"and that this region is enabled for the account"
	case "SignatureDoesNotMatch", "InvalidSignatureException", "RequestTimeTooSkewed", "IncompleteSignature":
		return "check this machine's clock, then the secret access key"
	case "OptInRequired", "SubscriptionRequiredException":
		return "enable the service or region for the account"
	case "BadRequest":
		if strings.HasPrefix(action, "s3:") { // the answer to HEAD has no text
			return "the credentials may have expired: check them with aws sts get-caller-identity"
		}
	}
	var idle *idleTimeoutError
	var network net.Error
	var address *url.Error
	switch {
	case IsDenied(err):
		return "allow it in the policy of that user or role, and check that no permissions boundary or " +
			"service control policy denies it"
	case IsThrottled(err):
		return "AWS throttles the account's requests: wait a minute and try again"
	case errors.Is(err, context.Canceled):
		return ""
	case errors.Is(err, context.DeadlineExceeded):
		return "it timed out: allow more time, or check the network"
	case errors.As(err, &idle):
		return "check the network, its proxy and the endpoint"
	case errors.As(err, &address) || errors.As(err, &network):
		return "check the network, the region and the endpoint"
	case ErrorStatus(err) >= http.StatusInternalServerError:
		return "AWS had an internal failure: try again"
	}
	return ""
}

// ErrorCode is the code of AWS's answer; empty if there is none.
func ErrorCode(err error) string {
	if failure := smithy.APIError(nil); errors.As(err, &failure) {
		return failure.ErrorCode()
	}
	return ""
}

// ErrorMessage is the message of AWS's answer; empty if there is none.
func ErrorMessage(err error) string {
	if failure := smithy.APIError(nil); errors.As(err, &failure) {
		return failure.ErrorMessage()
	}
	return ""
}

// ErrorStatus is the HTTP status of AWS's answer; 0 if there is none.
func ErrorStatus(err error) int {
	if answered := (interface{ HTTPStatusCode() int })(nil); errors.As(err, &answered) {
		return answered.HTTPStatusCode()
	}
	return 0
}

// requestID is the request ID of AWS's answer; empty if there is none.
func requestID(err error) string {
	if answered := (interface{ ServiceRequestID() string })(nil); errors.As(err, &answered) {
		return answered.ServiceRequestID()
	}
	return ""
}

// oneLine is an error's text without the SDK's line breaks and repetitions.
func oneLine(err error) string {
	text := plain(err)
	if id := requestID(err); id != "" {
		text += " (request " + id + ")"
	}
	return strings.Join(strings.Fields(text), " ")
}

// plain is an SDK's error without what it says of the request, which the action names.
func plain(err error) string {
	var (
		failure   smithy.APIError
		unsent    *smithyhttp.RequestSendError
		unread    *smithy.DeserializationError
		operation *smithy.OperationError
	)
	switch {
	case errors.As(err, &failure):
		if failure.ErrorCode() == failure.ErrorMessage() {
			return failure.ErrorCode()
		}
		return strings.Trim(failure.ErrorCode()+": "+failure.ErrorMessage(), ": ")
	case errors.As(err, &unsent):
		return unsent.Err.Error() // that the request failed goes without saying
	case errors.As(err, &unread):
		return "AWS's answer cannot be read: " + unread.Err.Error()
	case errors.As(err, &operation):
		return plain(operation.Err)
	}
	return err.Error()
}
