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

// Configure makes a session's configuration use the endpoints that the environment sets. It returns an
// error if any of them is invalid.
func Configure(config *aws.Config) error {
	if err := checkAll(); err != nil {
		return err
	}
	config.EndpointResolver = resolver(endpoints.DefaultResolver())
	if s3, err := endpoint("s3"); err == nil && needsPathStyle(s3) {
		config.S3ForcePathStyle = aws.Bool(true)
	}
	return nil
}

// resolver changes only the URL of what AWS's own resolver returns: requests are signed for the same
// service and region.
func resolver(own endpoints.Resolver) endpoints.Resolver {
	return endpoints.ResolverFunc(func(
		service, region string, options ...func(*endpoints.Options),
	) (endpoints.ResolvedEndpoint, error) {
		if service == ec2metadata.ServiceName {
			return own.EndpointFor(service, region, options...)
		}
		override, err := endpoint(service)
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

// needsPathStyle reports whether a bucket's name cannot be put before the endpoint's host, as it is for
// AWS: bucket.127.0.0.1 and bucket.localhost do not resolve.
func needsPathStyle(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	host := u.Hostname()
	return host != "" && (net.ParseIP(host) != nil || !strings.Contains(host, "."))
}
