package connection

import (
	"cmp"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// endpointsOf sets the endpoints of services, by their id; "" is for all. They override those of the environment
// and the profile, which the SDK reads itself. Buckets are put into paths, because a stand-in for S3 may have no
// host names for them.
func endpointsOf(endpoints map[string]string) func(string, any) {
	return func(_ string, options any) {
		set := func(service string, endpoint **string) {
			if address := cmp.Or(endpoints[service], endpoints[""]); address != "" {
				*endpoint = aws.String(address)
			}
		}
		switch options := options.(type) {
		case *otherEndpoint:
			set(options.service, &options.base)
		case *cloudformation.Options:
			set("cloudformation", &options.BaseEndpoint)
		case *cloudwatchlogs.Options:
			set("logs", &options.BaseEndpoint)
		case *iam.Options:
			set("iam", &options.BaseEndpoint)
		case *lambda.Options:
			set("lambda", &options.BaseEndpoint)
		case *s3.Options:
			set("s3", &options.BaseEndpoint)
			options.UsePathStyle = options.BaseEndpoint != nil
		case *sts.Options:
			set("sts", &options.BaseEndpoint)
		}
	}
}

// otherEndpoint is the endpoint of a service that has no package of the AWS SDK in this module.
type otherEndpoint struct {
	service string // its id
	base    *string
}

// EndpointOf is the endpoint of a service that has no package of the AWS SDK in this module, by its id.
func EndpointOf(cfg aws.Config, service, fallback string) string {
	other := &otherEndpoint{service: service, base: cfg.BaseEndpoint}
	if address := os.Getenv("AWS_ENDPOINT_URL_" + strings.ToUpper(service)); address != "" &&
		!strings.EqualFold(os.Getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true") {
		other.base = &address
	}
	for _, set := range cfg.ServiceOptions {
		set(service, other)
	}
	return strings.TrimRight(cmp.Or(aws.ToString(other.base), fallback), "/")
}
