// Goes by the CSS classes, which the 9.0 and the 10.0 script both set; only the 10.0 one also raises an event.
const modal = document.getElementById("components-reconnect-modal");
const stateClass = name => modal.classList.contains("components-reconnect-" + name);
const openStates = ["show", "retrying", "failed", "paused", "resume-failed"];
let polling = false;

function apply() {
  if (stateClass("rejected")) {
    location.reload();
    return;
  }
  if (stateClass("hide")) {
    modal.close();
    return;
  }
  if (openStates.some(stateClass) && !modal.open) {
    modal.showModal();
  }
  if (stateClass("failed")) {
    poll();
  }
}

// The script gives up after its own attempts: ask the server until it is back.
async function poll() {
  if (polling) {
    return;
  }
  polling = true;
  while (stateClass("failed")) {
    await new Promise(resolve => setTimeout(resolve, 2000));
    if (await reconnect()) {
      break;
    }
  }
  polling = false;
}

async function reconnect() {
  try {
    if (await Blazor.reconnect()) {
      return true;
    }
    if (typeof Blazor.resumeCircuit === "function" && await Blazor.resumeCircuit()) {
      modal.close();
      return true;
    }
    // The server answers but no longer knows this circuit.
    location.reload();
    return true;
  } catch {
    return false;
  }
}

new MutationObserver(apply).observe(modal, { attributes: true, attributeFilter: ["class"] });
document.getElementById("components-reconnect-button").addEventListener("click", reconnect);
document.getElementById("components-resume-button").addEventListener("click", reconnect);
apply();
