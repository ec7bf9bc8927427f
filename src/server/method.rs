//! The methods that are served, by path. What is none of them is one more, so that no caller can make new series of metrics.

use super::config::OpenMethods;

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Method {
    /// One document.
    ExtractFacts,
    /// Many documents.
    BatchExtractFacts,
    /// Documents as they come.
    StreamExtractFacts,
    /// What the server can do.
    GetCapabilities,
    /// Of the health service.
    HealthCheck,
    /// Of the health service.
    HealthList,
    /// Of the health service.
    HealthWatch,
    /// Either version of reflection.
    Reflection,
    /// Anything else.
    Other,
}

impl Method {
    /// Every method, in the order of their numbers.
    pub(super) const ALL: [Self; 9] = [
        Self::ExtractFacts,
        Self::BatchExtractFacts,
        Self::StreamExtractFacts,
        Self::GetCapabilities,
        Self::HealthCheck,
        Self::HealthList,
        Self::HealthWatch,
        Self::Reflection,
        Self::Other,
    ];

    /// The method of a path.
    pub(super) fn of(path: &str) -> Self {
        if let Some(method) = path.strip_prefix("/dictum.v1.ExtractionService/") {
            return match method {
                "ExtractFacts" => Self::ExtractFacts,
                "BatchExtractFacts" => Self::BatchExtractFacts,
                "StreamExtractFacts" => Self::StreamExtractFacts,
                "GetCapabilities" => Self::GetCapabilities,
                _ => Self::Other,
            };
        }
        match path {
            "/grpc.health.v1.Health/Check" => Self::HealthCheck,
            "/grpc.health.v1.Health/List" => Self::HealthList,
            "/grpc.health.v1.Health/Watch" => Self::HealthWatch,
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
            | "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo" => Self::Reflection,
            _ => Self::Other,
        }
    }

    /// What is served in JSON: by which method of HTTP, at which path.
    pub(super) const JSON: [(hyper::Method, &'static str, Self); 2] = [
        (hyper::Method::POST, "/v1/documents:extractFacts", Self::ExtractFacts),
        (hyper::Method::GET, "/v1/capabilities", Self::GetCapabilities),
    ];

    /// The method of a path in JSON.
    pub(super) fn of_json(verb: &hyper::Method, path: &str) -> Option<Self> {
        let found = Self::JSON.into_iter().find(|known| known.0 == *verb && known.1 == path);
        found.map(|(_, _, method)| method)
    }

    /// As metrics, logs and traces write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ExtractFacts => "dictum.v1.ExtractionService/ExtractFacts",
            Self::BatchExtractFacts => "dictum.v1.ExtractionService/BatchExtractFacts",
            Self::StreamExtractFacts => "dictum.v1.ExtractionService/StreamExtractFacts",
            Self::GetCapabilities => "dictum.v1.ExtractionService/GetCapabilities",
            Self::HealthCheck => "grpc.health.v1.Health/Check",
            Self::HealthList => "grpc.health.v1.Health/List",
            Self::HealthWatch => "grpc.health.v1.Health/Watch",
            Self::Reflection => "grpc.reflection.ServerReflection/ServerReflectionInfo",
            Self::Other => "other",
        }
    }

    /// Whether it is one of the service's own.
    pub(super) fn is_extraction(self) -> bool {
        self.reads_documents() || self == Self::GetCapabilities
    }

    /// Whether documents come with it.
    pub(super) fn reads_documents(self) -> bool {
        matches!(self, Self::ExtractFacts | Self::BatchExtractFacts | Self::StreamExtractFacts)
    }

    /// Whether one call reads many documents.
    pub(super) fn has_many(self) -> bool {
        matches!(self, Self::BatchExtractFacts | Self::StreamExtractFacts)
    }

    /// Whether it is of the health service.
    pub(super) fn is_health(self) -> bool {
        matches!(self, Self::HealthCheck | Self::HealthList | Self::HealthWatch)
    }

    /// Whether it needs no key.
    pub(super) fn is_open(self, open: OpenMethods) -> bool {
        match self {
            Self::HealthCheck | Self::HealthList | Self::HealthWatch => open.health,
            Self::Reflection => open.reflection,
            Self::GetCapabilities => open.capabilities,
            Self::ExtractFacts
            | Self::BatchExtractFacts
            | Self::StreamExtractFacts
            | Self::Other => false,
        }
    }

    /// Whether it may go on for as long as its caller likes.
    pub(super) fn is_stream(self) -> bool {
        matches!(self, Self::StreamExtractFacts | Self::HealthWatch | Self::Reflection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_its_place_and_its_path() {
        for (place, method) in Method::ALL.into_iter().enumerate() {
            assert_eq!(method as usize, place);
            if !matches!(method, Method::Reflection | Method::Other) {
                assert_eq!(Method::of(&format!("/{}", method.name())), method);
            }
        }
        for unknown in ["/", "", "/dictum.v1.ExtractionService/", "/dictum.v1.ExtractionService/X"]
        {
            assert_eq!(Method::of(unknown), Method::Other);
        }
    }
}
