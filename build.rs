//! Compiles the screen's markup when the screen is part of the build.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(feature = "ui")]
    {
        let configuration = slint_build::CompilerConfiguration::new()
            .with_style("fluent-light".to_owned())
            .embed_resources(slint_build::EmbedResourcesKind::EmbedFiles)
            .with_bundled_translations("ui/lang");
        slint_build::compile_with_config("ui/app.slint", configuration)?;
    }
    Ok(())
}
