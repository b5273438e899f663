package connection

import (
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

// Explain makes one line of an AWS error: what was refused to whom and what to
// do about it. The action is as in a policy: s3:PutObject. Nil stays nil, and
// errors.As finds what the SDK's error holds.
func Explain(err error, action, principal string) error {
	var done *awsError
	if err == nil || errors.As(err, &done) {
		return err
	}
	if errors.Is(err, ErrNoCredentials) {
		return &awsError{text: action + ": " + ErrNoCredentials.Error(), cause: err}
	}
	text := fmt.Sprintf("%s: %s", action, oneLine(err))
	if IsDenied(err) {
		text = fmt.Sprintf("%s is denied to %s: %s", action, orCaller(principal), oneLine(err))
	}
	if advice := advise(err, action); advice != "" {
		text += ": " + advice
	}
	return &awsError{text: text, cause: err}
}

// IsDenied tells of an action that the caller may not do, at all or to this.
func IsDenied(err error) bool {
	switch ErrorCode(err) {
	case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess", "UnauthorizedException",
		"AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "AllAccessDisabled", "Forbidden":
		return true
	case "", "UnknownError": // a proxy's page, or an answer in another protocol
		return ErrorStatus(err) == http.StatusForbidden
	}
	return false
}

// IsThrottled tells of a caller that asks too much.
func IsThrottled(err error) bool {
	switch ErrorCode(err) {
	case "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
		"TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
		"RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException":
		return true
	}
	return ErrorStatus(err) == http.StatusTooManyRequests
}

// advise is the next step after an error; empty if AWS's own words must do.
func advise(err error, action string) string {
	switch ErrorCode(err) {
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired":
		return "the credentials have expired: sign in again, or renew them where they come from"
	case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "InvalidToken":
		return "AWS does not know these credentials: check the access key and the profile, and that the account has this region enabled"
	case "SignatureDoesNotMatch", "InvalidSignatureException", "RequestTimeTooSkewed", "IncompleteSignature":
		return "check this machine's clock, then the secret access key"
	case "OptInRequired", "SubscriptionRequiredException":
		return "enable the service or region for the account"
	case "BadRequest":
		if strings.HasPrefix(action, "s3:") { // the answer to HEAD has no text
			return "the credentials may have expired: check them with aws sts get-caller-identity"
		}
	}
	var hung *hungError
	var network net.Error
	var address *url.Error
	switch {
	case IsDenied(err):
		return "allow it in the policy of that user or role, and see that no boundary or organization denies it"
	case IsThrottled(err):
		return "AWS throttles the account's requests: wait a minute and try again"
	case errors.Is(err, context.Canceled):
		return ""
	case errors.Is(err, context.DeadlineExceeded):
		return "the time to wait was over: allow more, or check the network"
	case errors.As(err, &hung):
		return "check the network, its proxy and the endpoint"
	case errors.As(err, &address) || errors.As(err, &network):
		return "check the network, the region and the endpoint"
	case ErrorStatus(err) >= http.StatusInternalServerError:
		return "AWS failed at its end: try again"
	}
	return ""
}

// ErrorCode is the code of AWS's answer; empty if it has none.
func ErrorCode(err error) string {
	if failure := smithy.APIError(nil); errors.As(err, &failure) {
		return failure.ErrorCode()
	}
	return ""
}

// ErrorMessage is the message of AWS's answer; empty if it has none.
func ErrorMessage(err error) string {
	if failure := smithy.APIError(nil); errors.As(err, &failure) {
		return failure.ErrorMessage()
	}
	return ""
}

// ErrorStatus is the HTTP status behind an SDK's error; 0 if there is none.
func ErrorStatus(err error) int {
	if answered := (interface{ HTTPStatusCode() int })(nil); errors.As(err, &answered) {
		return answered.HTTPStatusCode()
	}
	return 0
}

// requestID is AWS's of the request behind an error; empty if there is none.
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

// plain is the part of an SDK's error that says something.
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
		return "the answer cannot be read: " + unread.Err.Error()
	case errors.As(err, &operation):
		return plain(operation.Err)
	}
	return err.Error()
}

func orCaller(principal string) string {
	if principal == "" {
		return "the caller"
	}
	return principal
}
