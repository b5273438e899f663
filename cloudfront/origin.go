package cloudfront

import "errors"

// Origin is where CloudFront sends a request. It has one of the two.
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
	Port             int
	Protocol         string // http or https
	KeepaliveTimeout int    // seconds
	ReadTimeout      int    // seconds
	SSLProtocols     []string

	object object
}

// S3Origin is a bucket.
type S3Origin struct {
	CustomHeaders Headers // that CloudFront adds to its requests
	AuthMethod    string  // origin-access-identity or none
	DomainName    string
	Path          string // a prefix of all paths, for example /images
	Region        string

	object object
}

func (o *Origin) fields() []field { return []field{{"custom", &o.Custom}, {"s3", &o.S3}} }

// UnmarshalJSON reads the origin in an event.
func (o *Origin) UnmarshalJSON(text []byte) error { return o.object.decode(text, o.fields()...) }

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
func (o *CustomOrigin) UnmarshalJSON(text []byte) error { return o.object.decode(text, o.fields()...) }

// MarshalJSON writes the origin for CloudFront.
func (o *CustomOrigin) MarshalJSON() ([]byte, error) { return o.object.encode(o.fields()...) }

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
func (o *S3Origin) UnmarshalJSON(text []byte) error { return o.object.decode(text, o.fields()...) }

// MarshalJSON writes the origin for CloudFront.
func (o *S3Origin) MarshalJSON() ([]byte, error) { return o.object.encode(o.fields()...) }

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
	case o.Custom != nil && o.Custom.DomainName == "", o.S3 != nil && o.S3.DomainName == "":
		return errors.New("origin has no DomainName: set it")
	}
	return nil
}
