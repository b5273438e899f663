package cloudfront

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Client makes requests to CloudFront.
type Client struct {
	connection.Caller
	Config aws.Config
}

// CloudFront is signed for and, by default, reached in this region.
const (
	region   = "us-east-1"
	endpoint = "https://cloudfront.amazonaws.com"
	version  = "/2020-05-31"
)

// maxAnswer is far above what a page of 100 distributions has, in bytes.
const maxAnswer = 32 << 20

// send makes a request, and again if CloudFront throttles it or does not answer. It returns the answer's body.
func (c Client) send(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	var retryer aws.Retryer
	if c.Config.Retryer != nil {
		retryer = c.Config.Retryer()
	}
	for attempt := 1; ; attempt++ {
		answer, err := c.attempt(ctx, method, path, body)
		if err == nil || retryer == nil || attempt >= retryer.MaxAttempts() || !retryer.IsErrorRetryable(err) {
			return answer, err
		}
		delay, delayErr := retryer.RetryDelay(attempt, err)
		if delayErr != nil {
			return nil, err
		}
		connection.Sleep(ctx, delay)
		if ctx.Err() != nil {
			return nil, err
		}
	}
}

func (c Client) attempt(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	address := connection.EndpointOf(c.Config, "cloudfront", endpoint) + version + path
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/xml")
	}
	credentials, err := c.Config.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	err = signer.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(sum[:]), "cloudfront", region,
		time.Now())
	if err != nil {
		return nil, err
	}
	answer, err := c.Config.HTTPClient.Do(request)
	if err != nil {
		return nil, &smithyhttp.RequestSendError{Err: err}
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		return nil, refused(answer, text)
	}
	return text, nil
}

// refused is the error in an answer, as the AWS SDK would return it.
func refused(answer *http.Response, text []byte) error {
	var document struct {
		Code    string `xml:"Error>Code"`
		Message string `xml:"Error>Message"`
	}
	_ = xml.Unmarshal(text, &document) // the status says enough
	return &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: answer},
		Err:      &smithy.GenericAPIError{Code: document.Code, Message: document.Message},
	}
}
