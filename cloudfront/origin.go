package cloudfront

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Origin is where CloudFront sends a request. It has one of the two. The limits of its fields are those of "Lambda@Edge
// event structure" in the Amazon CloudFront Developer Guide (November 2026).
type Origin struct {
	Custom *CustomOrigin
	S3     *S3Origin

	object object
}

// CustomOrigin is an HTTP server.
type CustomOrigin struct {
	CustomHeaders    Headers // that CloudFront adds to its requests
	DomainName       string
	Path             string // a prefix of all paths, for example /images
	Port             int    // 80, 443, or 1024 to 65535
	Protocol         string // http or https
	KeepaliveTimeout int    // seconds
	ReadTimeout      int    // seconds
	SSLProtocols     []string

	object object
}

// S3Origin is a bucket.
type S3Origin struct {
	CustomHeaders Headers // that CloudFront adds to its requests
	AuthMethod    string  // origin-access-identity or none; empty means none
	DomainName    string
	Path          string // a prefix of all paths, for example /images
	Region        string // required for origin-access-identity

	object object
}

func (o *Origin) fields() []field { return []field{{"custom", &o.Custom}, {"s3", &o.S3}} }

// UnmarshalJSON reads the origin in an event.
func (o *Origin) UnmarshalJSON(text []byte) error { return o.read(slices.Clone(text)) }

func (o *Origin) read(text []byte) error { return o.object.read(text, o.fields()...) }

// MarshalJSON writes the origin for CloudFront.
func (o *Origin) MarshalJSON() ([]byte, error) { return o.object.encode(o.fields()...) }

func (o *CustomOrigin) fields() []field {
	return []field{
		{"customHeaders", &o.CustomHeaders},
		{"domainName", &o.DomainName},
		{"path", &o.Path},
		{"port", &o.Port},
		{"protocol", &o.Protocol},
		{"keepaliveTimeout", &o.KeepaliveTimeout},
		{"readTimeout", &o.ReadTimeout},
		{"sslProtocols", &o.SSLProtocols},
	}
}

// UnmarshalJSON reads the origin in an event.
func (o *CustomOrigin) UnmarshalJSON(text []byte) error { return o.read(slices.Clone(text)) }

func (o *CustomOrigin) read(text []byte) error { return o.object.read(text, o.fields()...) }

// MarshalJSON writes the origin for CloudFront.
func (o *CustomOrigin) MarshalJSON() ([]byte, error) {
	if o.object != nil {
		return o.object.encode(o.fields()...)
	}
	full := *o
	if full.SSLProtocols == nil {
		full.SSLProtocols = []string{}
	}
	return encodeAll(full.fields())
}

func (o *S3Origin) fields() []field {
	return []field{
		{"customHeaders", &o.CustomHeaders},
		{"authMethod", &o.AuthMethod},
		{"domainName", &o.DomainName},
		{"path", &o.Path},
		{"region", &o.Region},
	}
}

// UnmarshalJSON reads the origin in an event.
func (o *S3Origin) UnmarshalJSON(text []byte) error { return o.read(slices.Clone(text)) }

func (o *S3Origin) read(text []byte) error { return o.object.read(text, o.fields()...) }

// MarshalJSON writes the origin for CloudFront.
func (o *S3Origin) MarshalJSON() ([]byte, error) {
	if o.object != nil {
		return o.object.encode(o.fields()...)
	}
	full := *o
	if full.AuthMethod == "" {
		full.AuthMethod = authNone
	}
	return encodeAll(full.fields())
}

// encodeAll writes an origin that the function has made. CloudFront's own origins have all fields.
func encodeAll(fields []field) ([]byte, error) {
	var all object
	for _, f := range fields {
		all = append(all, member{name: f.name})
	}
	return all.encode(fields...)
}

// Values of AuthMethod.
const (
	authNone     = "none"
	authIdentity = "origin-access-identity"
)

// headers are those that CloudFront adds to requests to the origin.
func (o *Origin) headers() *Headers {
	switch {
	case o == nil:
	case o.Custom != nil:
		return &o.Custom.CustomHeaders
	case o.S3 != nil:
		return &o.S3.CustomHeaders
	}
	return nil
}

// check returns an error if CloudFront would not accept the origin.
func (o *Origin) check() error {
	switch {
	case o == nil:
		return nil
	case (o.Custom == nil) == (o.S3 == nil):
		return errors.New("origin has to be either Custom or S3: set the other one to nil")
	case o.Custom != nil:
		return errors.Join(checkPlace(o.Custom.DomainName, o.Custom.Path, maxDomain), o.Custom.check())
	}
	return errors.Join(checkPlace(o.S3.DomainName, o.S3.Path, maxBucketDomain), o.S3.check())
}

// Limits of origins, in characters.
const (
	maxDomain       = 253
	maxBucketDomain = 128
	maxPath         = 255
)

func checkPlace(domain, path string, limit int) error {
	switch {
	case domain == "":
		return errors.New("origin has no DomainName: set it")
	case strings.ContainsAny(domain, ":/"):
		return fmt.Errorf("origin has the DomainName %q: use a name without a protocol, a port or a path", domain)
	case isAddress(domain):
		return fmt.Errorf("origin has the DomainName %q: use a name instead of an IP address", domain)
	case len(domain) > limit:
		return fmt.Errorf("origin has a DomainName of %d characters: CloudFront allows %d", len(domain), limit)
	case path != "" && (!strings.HasPrefix(path, "/") || strings.HasSuffix(path, "/")):
		return fmt.Errorf("origin has the Path %q: begin it with a slash, and end it without one", path)
	case len(path) > maxPath:
		return fmt.Errorf("origin has a Path of %d characters: CloudFront allows %d", len(path), maxPath)
	}
	return nil
}

// isAddress reports whether a text has the form of an IPv4 address. Those of version 6 have colons.
func isAddress(text string) bool {
	return strings.Count(text, ".") == 3 && strings.Trim(text, ".0123456789") == ""
}

// check returns an error for fields that CloudFront would not accept. In an origin of an event, zero values are fields
// that the event did not have.
func (o *CustomOrigin) check() error {
	made := o.object == nil
	switch port := o.Port; {
	case (made || port != 0) && port != 80 && port != 443 && (port < 1024 || port > 65535):
		return fmt.Errorf("origin has the Port %d: use 80, 443, or 1024 to 65535", port)
	case (made || o.Protocol != "") && !slices.Contains([]string{"http", "https"}, o.Protocol):
		return fmt.Errorf("origin has the Protocol %q: use http or https", o.Protocol)
	case made && o.Protocol == "https" && len(o.SSLProtocols) == 0:
		return errors.New("origin has no SSLProtocols: set them, for example to TLSv1.2")
	case made && (o.ReadTimeout < 1 || o.KeepaliveTimeout < 1):
		return fmt.Errorf("origin has a ReadTimeout of %d and a KeepaliveTimeout of %d seconds: use 1 or more",
			o.ReadTimeout, o.KeepaliveTimeout)
	}
	return nil
}

func (o *S3Origin) check() error {
	switch {
	case strings.ToLower(o.DomainName) != o.DomainName:
		return fmt.Errorf("origin has the DomainName %q: use lower case for a bucket", o.DomainName)
	case !slices.Contains([]string{"", authNone, authIdentity}, o.AuthMethod):
		return fmt.Errorf("origin has the AuthMethod %q: use %s or %s", o.AuthMethod, authNone, authIdentity)
	case o.AuthMethod == authIdentity && o.Region == "":
		return fmt.Errorf("origin has no Region, which the AuthMethod %s requires: set it", authIdentity)
	}
	return nil
}
