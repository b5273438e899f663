//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package awsendpoint

import (
	"net"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/ec2metadata"
	"github.com/aws/aws-sdk-go/aws/endpoints"
)

// Configure makes a session's configuration follow the settings. The error is Check's.
func (s Settings) Configure(config *aws.Config) error {
	if err := s.Check(); err != nil {
		return err
	}
	config.EndpointResolver = s.resolver(endpoints.DefaultResolver())
	if s3, err := s.URL("s3"); err == nil && pathStyle(s3) {
		config.S3ForcePathStyle = aws.Bool(true)
	}
	return nil
}

// resolver keeps what is AWS's own but the URL: requests are signed for the
// same service and region.
func (s Settings) resolver(own endpoints.Resolver) endpoints.Resolver {
	return endpoints.ResolverFunc(func(service, region string, options ...func(*endpoints.Options)) (endpoints.ResolvedEndpoint, error) {
		if service == ec2metadata.ServiceName {
			return own.EndpointFor(service, region, options...)
		}
		override, err := s.URL(service)
		if err != nil {
			return endpoints.ResolvedEndpoint{}, err
		}
		resolved, err := own.EndpointFor(service, region, options...)
		if override == "" {
			return resolved, err
		}
		if err != nil { // a region that AWS does not have
			resolved = endpoints.ResolvedEndpoint{SigningRegion: region}
		}
		resolved.URL = override
		return resolved, nil
	})
}

// pathStyle reports whether a bucket's name cannot be put before the endpoint's
// host, as AWS has it: bucket.127.0.0.1 and bucket.localhost do not resolve.
func pathStyle(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	host := u.Hostname()
	return host != "" && (net.ParseIP(host) != nil || !strings.Contains(host, "."))
}
