package sample

// balancer returns the source whose sample is a request through an Application Load Balancer.
func balancer() source {
	return source{"alb", func(s service) any {
		group := inRegion("elasticloadbalancing") + "targetgroup/" + s.name + "/d6190d154bc908a5"
		if arn, isText := s.caller("elasticloadbalancing.amazonaws.com")["sourceArn"].(string); isText {
			group = arn
		}
		return object{
			"requestContext":        object{"elb": object{"targetGroupArn": group}},
			"httpMethod":            "GET",
			"path":                  "/orders",
			"queryStringParameters": object{"id": "1"},
			"headers": object{
				"accept": "application/json", "host": "example.com", "user-agent": "curl/8.0",
				"x-amzn-trace-id": "Root=1-5bdb40ca-556d8b0c50dc66f0511bf520", "x-forwarded-for": "192.0.2.1",
				"x-forwarded-port": "443", "x-forwarded-proto": "https",
			},
			"body":            "",
			"isBase64Encoded": false,
		}
	}}
}
