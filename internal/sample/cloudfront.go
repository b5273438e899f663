package sample

import (
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// viewerRequest returns the source whose sample is a request that CloudFront has not looked for in its cache yet.
func viewerRequest() source {
	return source{"viewer-request", func(s service) any {
		return s.edgeEvent("viewer-request", s.viewersRequest("viewer-request"), nil)
	}}
}

// originRequest returns the source whose sample is a request that CloudFront sends to the origin.
func originRequest() source {
	return source{"origin-request", func(s service) any {
		return s.edgeEvent("origin-request", s.originsRequest("origin-request"), nil)
	}}
}

// originResponse returns the source whose sample is a response of the origin.
func originResponse() source {
	return source{"origin-response", func(s service) any {
		return s.edgeEvent("origin-response", s.originsRequest("origin-response"), response())
	}}
}

// viewerResponse returns the source whose sample is a response that CloudFront sends to the viewer.
func viewerResponse() source {
	return source{"viewer-response", func(s service) any {
		return s.edgeEvent("viewer-response", s.viewersRequest("viewer-response"), response())
	}}
}

const distributionDomain = "d111111abcdef8.cloudfront.net"

// association is the service's first one for a type of events.
func (s service) association(event string) sparta.EdgeAssociation {
	for _, association := range s.associations {
		if association.EventType == event {
			return association
		}
	}
	return sparta.EdgeAssociation{}
}

func (s service) edgeEvent(event string, request, response object) any {
	distribution, known := s.association(event).Distribution.(string)
	if !known {
		distribution = "EDFDVBD6EXAMPLE"
	}
	cf := object{
		"config": object{
			"distributionDomainName": distributionDomain,
			"distributionId":         distribution,
			"eventType":              event,
			"requestId":              "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
		},
		"request": request,
	}
	if response != nil {
		cf["response"] = response
	}
	return object{"Records": []any{object{"cf": cf}}}
}

// headers are headers in CloudFront's form. The arguments are names and values.
func headers(pairs ...string) object {
	found := object{}
	for i := 0; i < len(pairs); i += 2 {
		found[strings.ToLower(pairs[i])] = []any{object{"key": pairs[i], "value": pairs[i+1]}}
	}
	return found
}

// viewersRequest is a request as viewers send it.
func (s service) viewersRequest(event string) object {
	association := s.association(event)
	path := association.PathPattern
	if path == "" {
		path = "/orders/*"
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	request := object{
		"clientIp": "203.0.113.178",
		"headers": headers("Host", distributionDomain, "User-Agent", "curl/8.5.0", "Accept", "*/*",
			"Cookie", "theme=light"),
		"method":      "GET",
		"querystring": "size=large",
		"uri":         strings.NewReplacer("*", "1", "?", "1").Replace(path),
	}
	if association.IncludeBody {
		request["method"] = "POST"
		request["body"] = object{
			"action": "read-only", "data": "eyJvcmRlciI6IDF9", "encoding": "base64", "inputTruncated": false,
		}
	}
	return request
}

// originsRequest is a request as CloudFront sends it.
func (s service) originsRequest(event string) object {
	request, domain := s.viewersRequest(event), "example.org"
	if association := s.association(event); association.EventType != "" && association.Distribution == nil {
		domain = strings.ToLower(s.name) + "-s3site.s3." + region + ".amazonaws.com"
		request["origin"] = object{"s3": object{
			"authMethod": "none", "customHeaders": object{}, "path": "", "region": region, "domainName": domain,
		}}
	} else {
		request["origin"] = object{"custom": object{
			"customHeaders": object{}, "domainName": domain, "keepaliveTimeout": 5, "path": "", "port": 443,
			"protocol": "https", "readTimeout": 30, "sslProtocols": []string{"TLSv1.2"},
		}}
	}
	request["headers"] = headers("Host", domain, "User-Agent", "Amazon CloudFront", "X-Forwarded-For", "203.0.113.178",
		"Via", "2.0 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)")
	return request
}

func response() object {
	return object{
		"status": "200", "statusDescription": "OK",
		"headers": headers("Content-Type", "text/html; charset=utf-8", "Content-Length", "9593", "Server", "AmazonS3",
			"Via", "2.0 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)"),
	}
}
