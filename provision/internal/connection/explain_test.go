//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws/awserr"
)

func failure(status int, code, message string, cause error) error {
	return awserr.NewRequestFailure(awserr.New(code, message, cause), status, "REQ1")
}

func TestExplain(t *testing.T) {
	network := &url.Error{Op: "Post", URL: "https://sts.eu-west-1.amazonaws.com/", Err: &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("no such host")}}
	const me = "arn:aws:iam::123456789012:user/me"
	tests := map[string]struct {
		err  error
		want string
	}{
		"denied":               {failure(403, "AccessDenied", "User: me is not\nauthorized", nil), "lambda:GetFunction is denied to " + me + ": AccessDenied: User: me is not authorized (request REQ1): allow it in the policy of that user or role, and see that no boundary or organization denies it"},
		"denied by Lambda":     {failure(403, "AccessDeniedException", "no", nil), "lambda:GetFunction is denied to " + me + ": AccessDeniedException: no (request REQ1): allow it"},
		"denied by EC2":        {failure(403, "UnauthorizedOperation", "no", nil), "lambda:GetFunction is denied to " + me},
		"denied with no text":  {failure(403, "Forbidden", "Forbidden", nil), "lambda:GetFunction is denied to " + me + ": Forbidden (request REQ1): allow it"},
		"denied by a proxy":    {failure(403, "SerializationError", "failed to decode", errors.New("invalid character '<'")), "lambda:GetFunction is denied to " + me + ": SerializationError: failed to decode: invalid character '<' (request REQ1): allow it"},
		"denied with no code":  {failure(403, "", "", nil), "lambda:GetFunction is denied to " + me + ": (request REQ1): allow it"},
		"throttled":            {failure(400, "Throttling", "Rate exceeded", nil), "lambda:GetFunction: Throttling: Rate exceeded (request REQ1): AWS throttles the account's requests: wait a minute and try again"},
		"throttled by S3":      {failure(503, "SlowDown", "slow", nil), "lambda:GetFunction: SlowDown: slow (request REQ1): AWS throttles"},
		"throttled by Lambda":  {failure(429, "TooManyRequestsException", "slow", nil), "lambda:GetFunction: TooManyRequestsException: slow (request REQ1): AWS throttles"},
		"expired":              {failure(400, "ExpiredToken", "so", nil), "lambda:GetFunction: ExpiredToken: so (request REQ1): the credentials have expired: sign in again, or renew them where they come from"},
		"expired in JSON":      {failure(400, "ExpiredTokenException", "so", nil), "the credentials have expired"},
		"unknown key":          {failure(403, "InvalidClientTokenId", "so", nil), "lambda:GetFunction: InvalidClientTokenId: so (request REQ1): AWS does not know these credentials: check the access key and the profile, and that the account has this region enabled"},
		"unknown key in JSON":  {failure(403, "UnrecognizedClientException", "so", nil), "AWS does not know these credentials"},
		"wrong secret":         {failure(403, "SignatureDoesNotMatch", "so", nil), "lambda:GetFunction: SignatureDoesNotMatch: so (request REQ1): check this machine's clock, then the secret access key"},
		"wrong clock":          {failure(403, "RequestTimeTooSkewed", "so", nil), "check this machine's clock"},
		"AWS fails":            {failure(500, "InternalFailure", "so", nil), "lambda:GetFunction: InternalFailure: so (request REQ1): AWS failed at its end: try again"},
		"no credentials":       {awserr.New("NoCredentialProviders", "no valid\n\tproviders", nil), "lambda:GetFunction: no AWS credentials: set AWS_PROFILE"},
		"no network":           {awserr.New("RequestError", "send request failed", network), `lambda:GetFunction: Post "https://sts.eu-west-1.amazonaws.com/": dial tcp: no such host: check the network, the region and the endpoint`},
		"a hang":               {awserr.New("RequestError", "send request failed", &url.Error{Op: "Post", URL: "u", Err: &hungError{host: "h", patience: 60e9}}), "host h was silent for 1m0s: check the network, its proxy and the endpoint"},
		"cancelled":            {awserr.New("RequestCanceled", "request context canceled", context.Canceled), "lambda:GetFunction: RequestCanceled: request context canceled: context canceled"},
		"too late":             {awserr.New("RequestCanceled", "request context canceled", context.DeadlineExceeded), "the time to wait was over"},
		"in parts":             {awserr.New("MultipartUpload", "upload multipart failed", failure(403, "AccessDenied", "no", nil)), "lambda:GetFunction is denied to " + me + ": MultipartUpload: upload multipart failed: AccessDenied: no (request REQ1)"},
		"another code":         {failure(400, "ValidationError", "so", nil), "lambda:GetFunction: ValidationError: so (request REQ1)"},
		"another kind":         {errors.New("line\n\tline"), "lambda:GetFunction: line line"},
		"a region not enabled": {failure(403, "OptInRequired", "so", nil), "enable the service or region for the account"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Explain(test.err, "lambda:GetFunction", me)
			if !strings.Contains(got.Error(), test.want) || strings.Contains(got.Error(), "\n") {
				t.Errorf("error is\n%s, want\n%s", got, test.want)
			}
			var inner awserr.Error
			if errors.As(test.err, &inner) && name != "no credentials" && !errors.As(got, &inner) {
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
	canceled := Explain(awserr.New("RequestCanceled", "", context.Canceled), "a", "b")
	if !errors.Is(canceled, context.Canceled) {
		t.Error("the context's error is lost")
	}
	if !errors.Is(Explain(awserr.New("NoCredentialProviders", "", nil), "a", "b"), ErrNoCredentials) {
		t.Error("no credentials are not told")
	}
	if got := Explain(failure(403, "AccessDenied", "", nil), "a", "").Error(); !strings.Contains(got, "denied to the caller") {
		t.Errorf("without a principal it is %s", got)
	}
	wrapped := Explain(errors.Join(errors.New("x"), failure(403, "AccessDenied", "", nil)), "a", "b")
	if !IsDenied(wrapped) || IsThrottled(wrapped) || ErrorCode(wrapped) != "AccessDenied" || ErrorStatus(wrapped) != 403 {
		t.Errorf("%v is not known any more", wrapped)
	}
}
