//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/request"
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
// errors.As finds awserr.Error still.
func Explain(err error, action, principal string) error {
	var done *awsError
	if err == nil || errors.As(err, &done) || errors.Is(err, ErrNoCredentials) {
		return err
	}
	failure := causes(err)
	if ErrorCode(err) == "NoCredentialProviders" {
		return fmt.Errorf("%s: %w", action, ErrNoCredentials)
	}
	text := fmt.Sprintf("%s: %s", action, oneLine(err))
	if IsDenied(err) {
		text = fmt.Sprintf("%s is denied to %s: %s", action, orCaller(principal), oneLine(err))
	}
	if advice := advise(err, failure, action); advice != "" {
		text += ": " + advice
	}
	return &awsError{text: text, cause: failure}
}

// IsDenied tells of an action that the caller may not do, at all or to this.
func IsDenied(err error) bool {
	switch ErrorCode(err) {
	case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess", "UnauthorizedException",
		"AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "AllAccessDisabled", "Forbidden":
		return true
	case "", request.ErrCodeSerialization, "UnknownError": // a proxy's page, or an answer in another protocol
		return ErrorStatus(err) == http.StatusForbidden
	}
	return false
}

// IsThrottled tells of a caller that asks too much.
func IsThrottled(err error) bool {
	code := ErrorCode(err)
	return request.IsErrorThrottle(awserr.New(code, "", nil)) || code == "SlowDown" || ErrorStatus(err) == http.StatusTooManyRequests
}

// advise is the next step after an error; empty if AWS's own words must do.
func advise(err, failure error, action string) string {
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
	case errors.Is(failure, context.Canceled):
		return ""
	case errors.Is(failure, context.DeadlineExceeded):
		return "the time to wait was over: allow more, or check the network"
	case errors.As(failure, &hung):
		return "check the network, its proxy and the endpoint"
	case ErrorCode(err) == request.ErrCodeRequestError && (errors.As(failure, &address) || errors.As(failure, &network)):
		return "check the network, the region and the endpoint"
	case ErrorStatus(err) >= http.StatusInternalServerError:
		return "AWS failed at its end: try again"
	}
	return ""
}

// ErrorCode is the code of an SDK's error; empty if it has none.
func ErrorCode(err error) string {
	var failure awserr.Error
	if !errors.As(err, &failure) {
		return ""
	}
	if inner := awserr.Error(nil); failure.Code() == "MultipartUpload" && errors.As(failure.OrigErr(), &inner) {
		return inner.Code()
	}
	return failure.Code()
}

// ErrorStatus is the HTTP status behind an SDK's error; 0 if there is none.
func ErrorStatus(err error) int {
	var failure awserr.RequestFailure
	if !errors.As(causes(err), &failure) {
		return 0
	}
	return failure.StatusCode()
}

// oneLine is an error's text without the SDK's line breaks and repetitions.
func oneLine(err error) string {
	var failure awserr.Error
	if !errors.As(err, &failure) {
		return strings.Join(strings.Fields(err.Error()), " ")
	}
	if cause := failure.OrigErr(); cause != nil && failure.Code() == request.ErrCodeRequestError {
		return oneLine(cause) // that the request failed goes without saying
	}
	text := strings.Trim(failure.Code()+": "+failure.Message(), ": ")
	if failure.Code() == failure.Message() {
		text = failure.Code()
	}
	if cause := failure.OrigErr(); cause != nil {
		text = strings.TrimPrefix(text+": "+oneLine(cause), ": ")
	}
	var answered awserr.RequestFailure
	if errors.As(err, &answered) && answered.RequestID() != "" {
		text += " (request " + answered.RequestID() + ")"
	}
	return strings.Join(strings.Fields(text), " ")
}

func orCaller(principal string) string {
	if principal == "" {
		return "the caller"
	}
	return principal
}
