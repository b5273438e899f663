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
		HTTPClient:     &http.Client{},
		ServiceOptions: []func(string, any){pathStyle},
	}
}

// pathStyle has S3 find buckets behind one address.
func pathStyle(_ string, options any) {
	if options, ok := options.(*s3.Options); ok {
		options.UsePathStyle = true
	}
}
