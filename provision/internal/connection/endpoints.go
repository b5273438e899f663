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
