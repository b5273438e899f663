package connection

import (
	"cmp"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// endpointsOf sets where services are, by their id; "" is for all. They beat the environment's and the profile's,
// which the SDK heeds by itself. A stand-in for S3 finds buckets in paths: names below its own may not be known.
func endpointsOf(endpoints map[string]string) func(string, any) {
	return func(_ string, options any) {
		set := func(service string, endpoint **string) {
			if address := cmp.Or(endpoints[service], endpoints[""]); address != "" {
				*endpoint = aws.String(address)
			}
		}
		switch options := options.(type) {
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
