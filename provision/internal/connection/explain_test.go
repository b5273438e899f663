package connection

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func failure(status int, code, message string) error {
	return answered(status, &smithy.GenericAPIError{Code: code, Message: message})
}

// answered is an SDK's error about an answer.
func answered(status int, err error) error {
	return &smithy.OperationError{ServiceID: "Lambda", OperationName: "GetFunction", Err: &awshttp.ResponseError{
		RequestID: "REQ1",
		ResponseError: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}},
			Err:      err,
		},
	}}
}

// unsent is an SDK's error about a request that came to no answer.
func unsent(err error) error {
	return &smithy.OperationError{
		ServiceID:     "Lambda",
		OperationName: "GetFunction",
		Err:           &smithyhttp.RequestSendError{Err: err},
	}
}

func TestExplain(t *testing.T) {
	network := &url.Error{
		Op:  "Post",
		URL: "https://sts.eu-west-1.amazonaws.com/",
		Err: &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("no such host")},
	}
	const me = "arn:aws:iam::123456789012:user/me"
	tests := map[string]struct {
		err  error
		want string
	}{
		"denied": {
			failure(403, "AccessDenied", "User: me is not\nauthorized"),
			"lambda:GetFunction is denied to " + me +
				": AccessDenied: User: me is not authorized (request REQ1): " +
				"allow it in the policy of that user or role, " +
				"and check that no permissions boundary or service control policy denies it",
		},
		"denied by Lambda": {
			failure(403, "AccessDeniedException", "no"),
			"lambda:GetFunction is denied to " + me + ": AccessDeniedException: no (request REQ1): allow it",
		},
		"denied by EC2": {failure(403, "UnauthorizedOperation", "no"), "lambda:GetFunction is denied to " + me},
		"denied with no text": {
			failure(403, "Forbidden", "Forbidden"),
			"lambda:GetFunction is denied to " + me + ": Forbidden (request REQ1): allow it",
		},
		"denied by a proxy": {
			answered(403, &smithy.DeserializationError{Err: errors.New("invalid character '<'")}),
			"lambda:GetFunction is denied to " + me +
				": AWS's answer cannot be read: invalid character '<' (request REQ1): allow it",
		},
		"denied with no code": {
			failure(403, "", ""),
			"lambda:GetFunction is denied to " + me + ": (request REQ1): allow it",
		},
		"throttled": {
			failure(400, "Throttling", "Rate exceeded"),
			"lambda:GetFunction: Throttling: Rate exceeded (request REQ1): " +
				"AWS throttles the account's requests: wait a minute and try again",
		},
		"throttled by S3": {
			failure(503, "SlowDown", "slow"),
			"lambda:GetFunction: SlowDown: slow (request REQ1): AWS throttles",
		},
		"throttled by Lambda": {
			failure(429, "TooManyRequestsException", "slow"),
			"lambda:GetFunction: TooManyRequestsException: slow (request REQ1): AWS throttles",
		},
		"expired": {
			failure(400, "ExpiredToken", "so"),
			"lambda:GetFunction: ExpiredToken: so (request REQ1): " +
				"the credentials have expired: sign in again, or renew them at their source",
		},
		"expired in JSON": {failure(400, "ExpiredTokenException", "so"), "the credentials have expired"},
		"unknown key": {
			failure(403, "InvalidClientTokenId", "so"),
			"lambda:GetFunction: InvalidClientTokenId: so (request REQ1): " +
				"AWS does not know these credentials: check the access key and the profile, " +
				"and that this region is enabled for the account",
		},
		"unknown key in JSON": {
			failure(403, "UnrecognizedClientException", "so"),
			"AWS does not know these credentials",
		},
		"wrong secret": {
			failure(403, "SignatureDoesNotMatch", "so"),
			"lambda:GetFunction: SignatureDoesNotMatch: so (request REQ1): " +
				"check this machine's clock, then the secret access key",
		},
		"wrong clock": {failure(403, "RequestTimeTooSkewed", "so"), "check this machine's clock"},
		"AWS fails": {
			failure(500, "InternalFailure", "so"),
			"lambda:GetFunction: InternalFailure: so (request REQ1): AWS had an internal failure: try again",
		},
		"no credentials": {
			fmt.Errorf("sign: %w", ErrNoCredentials),
			"lambda:GetFunction: no AWS credentials: set AWS_PROFILE",
		},
		"no network": {
			unsent(network),
			`lambda:GetFunction: Post "https://sts.eu-west-1.amazonaws.com/": dial tcp: no such host: ` +
				`check the network, the region and the endpoint`,
		},
		"an idle timeout": {
			unsent(&url.Error{Op: "Post", URL: "u", Err: &idleTimeoutError{host: "h", timeout: 60e9}}),
			"host h was silent for 1m0s: check the network, its proxy and the endpoint",
		},
		"cancelled": {
			&smithy.CanceledError{Err: context.Canceled},
			"lambda:GetFunction: canceled, context canceled",
		},
		"too late": {&smithy.CanceledError{Err: context.DeadlineExceeded}, "it timed out"},
		"another code": {
			failure(400, "ValidationError", "so"),
			"lambda:GetFunction: ValidationError: so (request REQ1)",
		},
		"another kind":         {errors.New("line\n\tline"), "lambda:GetFunction: line line"},
		"a region not enabled": {failure(403, "OptInRequired", "so"), "enable the service or region for the account"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Explain(test.err, "lambda:GetFunction", me)
			if !strings.Contains(got.Error(), test.want) || strings.Contains(got.Error(), "\n") {
				t.Errorf("error is\n%s, want\n%s", got, test.want)
			}
			var inner smithy.APIError
			if errors.As(test.err, &inner) && !errors.As(got, &inner) {
				t.Error("the SDK's error is lost")
			}
			if again := Explain(got, "s3:GetObject", "you"); again.Error() != got.Error() {
				t.Errorf("explained again it is %s", again)
			}
		})
	}
}

func TestExplainKeepsCauses(t *testing.T) {
	if Explain(nil, "a", "b") != nil {
		t.Error("nil is an error")
	}
	canceled := Explain(&smithy.CanceledError{Err: context.Canceled}, "a", "b")
	if !errors.Is(canceled, context.Canceled) {
		t.Error("the context's error is lost")
	}
	if !errors.Is(Explain(ErrNoCredentials, "a", "b"), ErrNoCredentials) {
		t.Error("the lack of credentials is lost")
	}
	got := Explain(failure(403, "AccessDenied", ""), "a", "").Error()
	if !strings.Contains(got, "denied to the caller") {
		t.Errorf("without a principal it is %s", got)
	}
	wrapped := Explain(errors.Join(errors.New("x"), failure(403, "AccessDenied", "")), "a", "b")
	if !IsDenied(wrapped) || IsThrottled(wrapped) {
		t.Errorf("%v is not known as denied, or as throttled", wrapped)
	}
	if ErrorCode(wrapped) != "AccessDenied" || ErrorStatus(wrapped) != 403 {
		t.Errorf("%v has code %s and status %d", wrapped, ErrorCode(wrapped), ErrorStatus(wrapped))
	}
}
