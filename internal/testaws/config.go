package testaws

import (
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Config is for clients of the AWS SDK v2, which retry nothing.
func (a *Account) Config(t testing.TB) aws.Config {
	t.Helper()
	return aws.Config{
		Region:         a.Region,
		BaseEndpoint:   aws.String(a.Endpoint),
		Credentials:    credentials.NewStaticCredentialsProvider(a.AccessKey, a.SecretKey, ""),
		Retryer:        func() aws.Retryer { return aws.NopRetryer{} },
		HTTPClient:     client(),
		ServiceOptions: []func(string, any){pathStyle},
	}
}

// pathStyle has S3 find buckets behind one address.
func pathStyle(_ string, options any) {
	if options, ok := options.(*s3.Options); ok {
		options.UsePathStyle = true
	}
}

// client returns an HTTP client that shares no connection: the SDK v1 changes the default client, and an
// httptest.Server that closes in one test ends the idle connections of the default transport, whoever's they are.
func client() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}
